// What the host promises to call, tried against the finished library: no Candour has to run.
#include "checks.hpp"
#include "driven_plugin.hpp"
#include "loaded_plugin.hpp"

using namespace candour::sdk::testing;

int main(int, char** arguments) {
    const cdr_plugin* library = load_plugin(arguments[1]);
    if (!library) return 1;
    FakeHost host;
    host.grant("ingest:my_plugin.answer");
    DrivenPlugin plugin(host, library);
    Checks check;
    check.that(bool(plugin.start()), "it starts");

    const char* facts = R"({"organisation": {"name": "Acme"}, "about": "my-plugin"})";
    const auto first = plugin.compose("invitation", "en", facts),
               again = plugin.compose("invitation", "en", facts);
    check.that(first && first->find("\"scale\"") != std::string::npos, "the invitation asks for a number");
    check.that(first && again && *first == *again, "the same facts give the same words");
    const auto reminder = plugin.compose("reminder", "de", facts);
    check.that(reminder && *reminder != *first, "a reminder has words of its own");

    const auto page =
        plugin.view("answer", R"({"form_action": "/s/x", "form_fields": "", "query": {"a": "9"}})");
    check.that(page && page->status == 200, "the link leads to a page");
    const auto sent =
        plugin.submit("answer", R"({"form": {"a": "9"}, "key": "k1", "subject": {"message": "msg_1"}})");
    check.that(sent && sent->status == 200 && host.facts.size() == 1, "an answer is stored");
    check.that(
        host.facts.size() == 1 && host.facts[0].json.find("\"subject\": \"msg_1\"") != std::string::npos,
        "as the answer of whoever was asked");
    check.that(bool(plugin.stop()) && host.offences.empty(), "it stops, and calls nothing afterwards");
    return check.result();
}
