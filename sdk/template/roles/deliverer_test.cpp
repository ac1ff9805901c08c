// What the host promises to call, tried against the finished library: no Candour has to run.
#include "checks.hpp"
#include "driven_plugin.hpp"
#include "loaded_plugin.hpp"

using namespace candour::sdk::testing;

int main(int, char** arguments) {
    const cdr_plugin* library = load_plugin(arguments[1]);
    if (!library) return 1;
    FakeHost host;
    host.grant("kv");
    DrivenPlugin plugin(host, library);
    Checks check;
    check.that(bool(plugin.start()), "it starts");

    const char* message =
        R"({"id": "msg_1", "channel": "my_plugin", "recipient": "ada", "content": {"subject": "Hi"}})";
    const auto receipt = plugin.deliver(message);
    check.that(receipt && receipt->find("\"handed_over\"") != std::string::npos,
               "it says what became of the message");
    check.that(host.documents.count("outbox.msg_1") == 1, "the message is where it promised");
    const auto again = plugin.deliver(message);
    check.that(again && again->find("\"handed_over\"") != std::string::npos, "a repetition succeeds");
    check.that(host.documents["outbox.msg_1"].version == 1, "and is not delivered twice");

    const auto nameless = plugin.deliver("{}");
    check.that(!nameless && nameless.error().code == candour::ErrorCode::invalid,
               "a message without an id is refused");
    host.fail_next("kv.put", {candour::ErrorCode::unavailable, "the database is away"});
    const auto later = plugin.deliver(R"({"id": "msg_2"})");
    check.that(!later && later.error().code == candour::ErrorCode::unavailable, "not now is said as not now");
    check.that(bool(plugin.stop()) && host.offences.empty(), "it stops, and calls nothing afterwards");
    return check.result();
}
