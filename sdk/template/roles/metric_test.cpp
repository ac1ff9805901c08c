// What the host promises to call, tried against the finished library: no Candour has to run.
#include "checks.hpp"
#include "driven_plugin.hpp"
#include "loaded_plugin.hpp"

using namespace candour::sdk::testing;

int main(int, char** arguments) {
    const cdr_plugin* library = load_plugin(arguments[1]);
    if (!library) return 1;
    FakeHost host;
    DrivenPlugin plugin(host, library);
    Checks check;
    check.that(bool(plugin.start()), "it starts");
    const auto metric = plugin.metric("my_plugin", 2);
    if (!metric) return check.that(false, "it measures"), check.result();

    MeasuredContact ada, bob;
    ada.row(0, 20'000, {9, 1, 0, 0}).row(0, 20'100, {4, 1, 0, 0});
    using Cells = std::vector<std::int64_t>;
    const auto before = metric->state(ada, 20'050), after = metric->state(ada, 20'100),
               never = metric->state(bob, 20'100);
    check.that(before && before->sums == Cells({1, 1}), "who answered 9 counts as enthusiastic");
    check.that(after && after->sums == Cells({0, 1}), "the latest answer is the one that counts");
    check.that(never && never->sums == Cells({0, 0}), "silence is no answer");

    const char* request = R"({"days": ["2024-10-04"], "scope": {}, "accounts": 1})";
    const auto figure = metric->finalize({0, 0, -1, 1, 4}, request);
    check.that(figure && figure->find("\"value\": 0.25") != std::string::npos, "one of four is a quarter");
    const auto nothing = metric->finalize({0, 0, -1, 0, 0}, request);
    check.that(nothing && nothing->find("\"no_data\"") != std::string::npos,
               "without answers there is no figure");
    check.that(bool(plugin.stop()) && host.offences.empty(), "it stops, and calls nothing afterwards");
    return check.result();
}
