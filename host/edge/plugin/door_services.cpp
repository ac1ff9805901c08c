/// The slots of what came to the services later: pages of keys, batches of facts, the world outside.
#include <boost/json.hpp>

#include "edge/plugin/door_ask.hpp"
#include "edge/plugin/door_serve.hpp"
#include "edge/plugin/egress_bridge.hpp"

namespace candour::plugin {

using sdk::from_view;
using sdk::hand_over;

namespace {

constexpr std::uint32_t kMostEntries = 1'000;
/// Of one plugin at a time: each holds a connection and up to four mebibytes.
constexpr int kMostFetches = 8;

std::string page_json(const flow::KvPage& page) {
    boost::json::array entries;
    for (const auto& [key, entry] : page.entries)
        entries.push_back({{"key", key}, {"version", entry.version}, {"value", entry.value}});
    const boost::json::value next =
        page.next.empty() ? boost::json::value(nullptr) : boost::json::value(page.next);
    return boost::json::serialize(boost::json::object{{"entries", std::move(entries)}, {"next", next}});
}

flow::Task<Result<flow::EgressAnswer>> fetch_from(Home& home, flow::EgressRequest request) {
    auto fetching = home.services.egress->fetch(std::move(request));
    Result<flow::EgressAnswer> answer = co_await std::move(fetching);
    co_return answer;
}

/// Counts one fetch for as long as it lasts.
class Turn {
 public:
    explicit Turn(std::atomic<int>& count) : count_(count), ours_(++count) {}
    ~Turn() { --count_; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    bool granted() const { return ours_ <= kMostFetches; }

 private:
    std::atomic<int>& count_;
    int ours_;
};

}  // namespace

cdr_status Door::Slots::kv_scan(void* ctx, cdr_str prefix, cdr_str after, std::uint32_t limit,
                                cdr_buf* out_page, cdr_error* error) {
    return serve(ctx, "kv.scan", "kv", false, error, [&](Door& door) -> Done {
        const std::string beginning(from_view(prefix)), last(from_view(after));
        if (limit < 1 || limit > kMostEntries) return bad("kv.scan limit", "1 to 1000");
        if (!beginning.empty())
            if (Done fits = check_key("kv.scan prefix", beginning); !fits) return fits;
        if (!last.empty())
            if (Done fits = check_key("kv.scan after", last); !fits) return fits;
        const Result<flow::KvPage> page =
            door.ask<flow::KvPage>([plugin = door.plugin_, beginning, last, limit](Home& home) {
                return home.services.state.scan(plugin, beginning, last, static_cast<int>(limit));
            });
        if (!page) return page.error();
        *out_page = hand_over(page_json(*page));
        return done();
    });
}

cdr_status Door::Slots::put_batch(void* ctx, cdr_str stream, cdr_str batch, cdr_error* error) {
    const std::string_view name = from_view(stream);
    if (!is_stream(name))
        return sdk::report(error, ErrorCode::invalid,
                           "ingest.put_batch: expected a stream such as \"survey.answer\"");
    return serve(ctx, "ingest.put_batch", "ingest:" + std::string(name), true, error,
                 [&](Door& door) { return door.put_observations(name, from_view(batch)); });
}

cdr_status Door::Slots::fetch(void* ctx, cdr_str request, cdr_bytes body, cdr_buf* out_meta,
                              cdr_buf* out_body, cdr_error* error) {
    return serve(ctx, "egress.fetch", {}, true, error, [&](Door& door) -> Done {
        const Result<flow::EgressRequest> wanted = read_fetch(from_view(request), from_view(body));
        if (!wanted) return wanted.error();
        if (Done may = door.may_fetch(wanted->url); !may) return may;
        const Turn turn(door.fetching_);
        if (!turn.granted())
            return Error{ErrorCode::exhausted, "egress.fetch: 8 of them are under way; repeat it later"};
        const auto patience =
            std::chrono::ceil<std::chrono::seconds>(wanted->timeout) + std::chrono::seconds{2};
        const Result<flow::EgressAnswer> answer = door.ask<flow::EgressAnswer>(
            [asked = *wanted](Home& home) { return fetch_from(home, asked); }, patience);
        if (!answer) return answer.error();
        *out_meta = hand_over(meta_json(*answer));
        *out_body = hand_over(answer->body);
        return done();
    });
}

Done Door::may_fetch(std::string_view url) {
    std::shared_ptr<Home> home;
    {
        const std::lock_guard lock(home_mutex_);
        home = home_;
    }
    if (!home || home->services.egress == nullptr)
        return Error{ErrorCode::unsupported, "egress.fetch: this host reaches nobody outside"};
    const Result<flow::EgressPlace> place = home->services.egress->place_of(url);
    if (!place) return place.error();
    return may_reach(*home->services.egress, grants_, config_, *place);
}

}  // namespace candour::plugin
