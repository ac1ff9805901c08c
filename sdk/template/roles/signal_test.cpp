// What the host promises to call, tried against the finished library: no Candour has to run.
#include "checks.hpp"
#include "driven_plugin.hpp"
#include "loaded_plugin.hpp"

using namespace candour::sdk::testing;

namespace {

std::string snapshot(const std::string& rows) {
    return R"({"account":{"id":"acc_1","segment":"edge","annual_revenue":null},"as_of":"2024-10-04","views":{)"
           R"("relationship.answers":{"columns":["seq","contact","day","at","score","class"],"rows":[)" +
           rows + "]}}}";
}

}  // namespace

int main(int, char** arguments) {
    const cdr_plugin* library = load_plugin(arguments[1]);
    if (!library) return 1;
    FakeHost host;
    DrivenPlugin plugin(host, library);
    Checks check;
    check.that(bool(plugin.start()), "it starts");

    const std::string well = R"([7,"con_1","2024-10-01","2024-10-01T10:00:00Z",9,0])";
    const std::string badly = R"([8,"con_2","2024-10-02","2024-10-02T10:00:00Z",4,0])";
    const auto nothing = plugin.evaluate("my_plugin", snapshot(""));
    check.that(nothing && *nothing == R"({"findings":[]})", "who never answered is no finding");
    const auto fine = plugin.evaluate("my_plugin", snapshot(badly + "," + well));
    check.that(fine && *fine == R"({"findings":[]})", "who answered well in the end is no finding");
    const auto found = plugin.evaluate("my_plugin", snapshot(well + "," + badly));
    check.that(found && found->find(R"("row":8)") != std::string::npos,
               "a low latest answer is one, with its row as evidence");
    check.that(found && found->find(R"("contact":"con_2")") != std::string::npos, "and says who gave it");
    const auto broken = plugin.evaluate("my_plugin", "{");
    check.that(!broken || *broken == R"({"findings":[]})", "a torn snapshot is no finding");
    check.that(bool(plugin.stop()) && host.offences.empty(), "it stops, and calls nothing afterwards");
    return check.result();
}
