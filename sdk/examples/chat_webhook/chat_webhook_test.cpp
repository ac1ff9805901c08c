#include "checks.hpp"
#include "driven_plugin.hpp"
#include "loaded_plugin.hpp"

using namespace candour::sdk::testing;

namespace {

constexpr const char* kMessage =
    R"({"id": "msg_1", "recipient": "#feedback", "content": {"subject": "We \"fixed\" it"}})";

std::string fate(DrivenPlugin& plugin, FakeHost& host, const char* meta) {
    host.world.push_back({meta, ""});
    const auto receipt = plugin.deliver(kMessage);
    return receipt ? *receipt : receipt.error().message;
}

}  // namespace

int main(int, char** arguments) {
    const cdr_plugin* library = load_plugin(arguments[1]);
    if (!library) return 1;
    FakeHost host;
    host.config = R"({"webhook": "https://chat.example/hook/1"})";
    host.grant("net:config:webhook");
    DrivenPlugin plugin(host, library);
    Checks check;
    check.that(bool(plugin.start()), "it starts");

    check.that(fate(plugin, host, R"({"status": 200})").find("handed_over") != std::string::npos,
               "a room that takes it");
    check.that(host.fetches.size() == 1 &&
                   host.fetches[0].request.find("https://chat.example/hook/1") != std::string::npos,
               "it posts to the room");
    check.that(host.fetches.size() == 1 && host.fetches[0].body == R"({"text": "We \"fixed\" it"})",
               "what the message says, as JSON");
    check.that(fate(plugin, host, R"({"status": 429})").find("deferred") != std::string::npos,
               "a busy room is asked again");
    check.that(fate(plugin, host, R"({"status": 404})").find("rejected") != std::string::npos,
               "a room that is gone rejects");
    host.fail_next("egress.fetch", {candour::ErrorCode::deadline, "no answer"});
    const auto late = plugin.deliver(kMessage);
    check.that(late && late->find("unknown") != std::string::npos, "what may have arrived is not sent again");
    host.fail_next("egress.fetch", {candour::ErrorCode::unavailable, "nobody answers"});
    const auto later = plugin.deliver(kMessage);
    check.that(!later && later.error().code == candour::ErrorCode::unavailable,
               "what cannot have arrived comes again");

    FakeHost bare;
    DrivenPlugin unconfigured(bare, library);
    check.that(!unconfigured.start(), "without an address it says so and does not start");
    return check.result();
}
