#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct WatchWish {
    std::string item, account, contact, owner, event, after;
    std::int64_t count = 0;
};

void print_change(const boost::json::value& change) {
    const std::string alias = text_at(change, "alias");
    std::cout << when(at(change, "at")) << "  " << (alias.empty() ? text_at(change, "item") : alias) << "  "
              << text_at(change, "event") << "  (version " << number_at(change, "version") << ", "
              << text_at(change, "state") << ")\n";
}

/// Lines of server-sent events, as they come in pieces.
class Events {
 public:
    Events(bool json, std::int64_t count) : json_(json), left_(count) {}

    /// False when as many have come as were asked for.
    bool take(std::string_view piece) {
        held_ += piece;
        for (std::size_t end = held_.find('\n'); end != std::string::npos; end = held_.find('\n')) {
            const std::string line = held_.substr(0, end);
            held_.erase(0, end + 1);
            if (line.starts_with("id: ")) seen_ = line.substr(4);
            if (line.starts_with("data: ")) show(line.substr(6));
        }
        std::cout << std::flush;
        return !enough();
    }
    const std::string& seen() const { return seen_; }
    bool enough() const { return counted_ && left_ == 0; }

 private:
    void show(const std::string& data) {
        if (enough()) return;
        if (left_ > 0) {
            counted_ = true;
            --left_;
        }
        boost::system::error_code bad;
        const boost::json::value change = boost::json::parse(data, bad);
        if (bad) return;
        json_ ? void(std::cout << boost::json::serialize(change) << "\n") : print_change(change);
    }

    bool json_;
    std::int64_t left_;
    bool counted_ = false;
    std::string held_, seen_;
};

std::string events_target(const WatchWish& wish) {
    std::string target = "/api/v1/events?";
    const std::pair<const char*, const std::string*> filters[] = {{"item", &wish.item},
                                                                  {"account", &wish.account},
                                                                  {"contact", &wish.contact},
                                                                  {"owner", &wish.owner},
                                                                  {"event", &wish.event}};
    for (const auto& [name, value] : filters)
        if (!value->empty()) target += std::string(name) + "=" + http::percent_encode(*value) + "&";
    target.pop_back();
    return target;
}

/// The host ends a line now and then; what happened meanwhile is asked for by the last number.
int watch(const Line& line, const WatchWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        Events events(line.shared.json, wish.count);
        const http::PieceTaker take = [&events](std::string_view piece) { return events.take(piece); };
        http::ClientRequest request;
        request.target = events_target(wish);
        for (std::string seen = wish.after;;) {
            request.headers.clear();
            if (!seen.empty()) request.headers.push_back({"Last-Event-ID", seen});
            const Result<http::ClientAnswer> answer = api.listen(request, take);
            if (!answer) return answer.error();
            if (!answer->ok()) return value_of_answer(*answer).error();
            if (events.enough()) return int{kOk};
            if (!events.seen().empty()) seen = events.seen();
        }
    });
}

}  // namespace

void add_watch(CLI::App& root, Line& line) {
    CLI::App& command = add(
        root,
        {"watch", "what happens to items, as it happens",
         "One line for each event of the ledger, until Ctrl-C. With --json one object per line, for a pipe.\n"
         "Every event has a number; --after N begins behind it, so that nothing is missed between two calls.",
         "candour watch\n"
         "candour watch --event told --json | while read -r change; do echo \"$change\" | jq -r .alias; "
         "done"});
    command.group(kLoopGroup);
    auto wish = std::make_shared<WatchWish>();
    command.add_option("--item", wish->item, "only this one: itm_… or LP-187")->type_name("ITEM");
    command.add_option("--account", wish->account, "only those of one customer")->type_name("ID");
    command.add_option("--contact", wish->contact, "only those of one person")->type_name("ID");
    command.add_option("--owner", wish->owner, "only those of one teammate")->type_name("ID");
    command.add_option("--event", wish->event, "only this event: raised, heard, told, not_yet, …")
        ->type_name("EVENT");
    command
        .add_option("--after", wish->after,
                    "begin behind the event of this number; else with what happens from now on")
        ->type_name("N");
    command.add_option("--count", wish->count, "end after so many events")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
    run_by(command, line, [&line, wish] { return watch(line, *wish); });
}

}  // namespace candour::app::cli
