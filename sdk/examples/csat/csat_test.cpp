#include "checks.hpp"
#include "driven_plugin.hpp"
#include "loaded_plugin.hpp"

using namespace candour::sdk::testing;
using Cells = std::vector<std::int64_t>;

int main(int, char** arguments) {
    const cdr_plugin* library = load_plugin(arguments[1]);
    if (!library) return 1;
    FakeHost host;
    DrivenPlugin plugin(host, library);
    Checks check;
    check.that(bool(plugin.start()), "it starts");
    const auto csat = plugin.metric("example_csat", 2);

    MeasuredContact ada, machine;
    ada.row(0, 20'000, {9, 0, 0, 0}).row(0, 20'050, {5, 0, 0, 0});
    machine.row(0, 20'000, {10, 2, 0, 0});
    check.that(csat->state(ada, 20'010)->sums == Cells({1, 1}), "9 of 10 is satisfied");
    check.that(csat->state(ada, 20'050)->sums == Cells({0, 1}), "the latest answer counts");
    check.that(csat->state(ada, 20'050)->changes_on == 20'140,
               "it announces the day on which the answer grows too old");
    check.that(csat->state(ada, 20'140)->sums == Cells({0, 0}), "and by then it counts no more");
    check.that(csat->state(machine, 20'000)->sums == Cells({0, 0}), "machines are not satisfied");

    const auto figure = csat->finalize({0, 0, -1, 8, 10}, R"({"days": ["2024-10-04"], "accounts": 1})");
    check.that(figure && figure->find("\"value\": 0.8") != std::string::npos, "8 of 10 is 0.8");
    check.that(figure && figure->find("\"method\": \"wilson\"") != std::string::npos, "with its interval");
    return check.result();
}
