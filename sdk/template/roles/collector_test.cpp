// What the host promises to call, tried against the finished library: no Candour has to run.
#include "checks.hpp"
#include "driven_plugin.hpp"
#include "loaded_plugin.hpp"

using namespace candour::sdk::testing;

int main(int, char** arguments) {
    const cdr_plugin* library = load_plugin(arguments[1]);
    if (!library) return 1;
    FakeHost host;
    host.grant("ingest:my_plugin.mood");
    DrivenPlugin plugin(host, library);
    Checks check;
    check.that(bool(plugin.start()), "it starts");

    const auto page =
        plugin.view("mood", R"({"form_action": "/c/my-plugin/mood", "form_fields": "<i></i>"})");
    check.that(page && page->status == 200, "the page is shown");
    check.that(page && page->body.find("action=\"/c/my-plugin/mood\"") != std::string::npos,
               "it posts to the host");
    check.that(page && page->body.find("<i></i>") != std::string::npos, "it carries the fields of the host");

    const auto sent = plugin.submit("mood", R"({"form": {"score": "7"}, "key": "k1"})");
    check.that(sent && sent->status == 200, "an answer is thanked for");
    check.that(host.facts.size() == 1 && host.facts[0].key == "k1",
               "it is stored under the key of the request");
    (void)plugin.submit("mood", R"({"form": {"score": "7"}, "key": "k1"})");
    check.that(host.facts.size() == 1, "the same request again is the same fact");

    const auto wrong = plugin.submit("mood", R"({"form": {"score": "eleven"}, "key": "k2"})");
    check.that(wrong && wrong->status == 400 && host.facts.size() == 1, "what is no score is refused");
    host.fail_next("ingest.put_json", {candour::ErrorCode::unavailable, "the database is away"});
    const auto failed = plugin.submit("mood", R"({"form": {"score": "7"}, "key": "k3"})");
    check.that(!failed && failed.error().code == candour::ErrorCode::unavailable,
               "the host's error is passed on");
    check.that(bool(plugin.stop()) && host.offences.empty(), "it stops, and calls nothing afterwards");
    return check.result();
}
