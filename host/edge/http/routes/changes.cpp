#include "edge/http/routes/changes.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "core/loop/state.hpp"
#include "edge/http/body_stream.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/draft_document.hpp"
#include "edge/json/time_text.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::http {
namespace {

/// Proxies and readers give up on a line that is silent for a minute.
constexpr std::chrono::seconds kHeartbeat{15};
/// Then the reader comes again by itself, with a token that must still be good.
constexpr std::chrono::hours kLongest{1};
constexpr std::size_t kMostListeners = 1'000;

struct ChangeFilter {
    flow::ItemRef item;
    std::string account, contact, owner, event;
    flow::Sight sight{};

    /// Who writes what has no account and no event of the ledger to be filtered by.
    bool is_of_items_alone() const {
        return account.empty() && contact.empty() && owner.empty() && event.empty();
    }
    bool lets_through(const flow::OpenDraft& draft) const {
        return item.number == 0 && (item.id.empty() || item.id == draft.item);
    }
    bool lets_through(const flow::Change& change) const {
        const auto fits = [](const std::string& wanted, const std::string& found) {
            return wanted.empty() || wanted == found;
        };
        return (item.number == 0 || item.number == change.number) &&
               (item.id.empty() || item.id == change.item) && fits(account, change.account) &&
               fits(contact, change.contact) && fits(owner, change.owner) && fits(event, change.event);
    }
};

std::string event_text(const flow::Change& change) {
    const boost::json::object data{
        {"seq", change.seq},
        {"item", change.item.text()},
        {"alias", change.number > 0 ? boost::json::value("LP-" + std::to_string(change.number))
                                    : boost::json::value(nullptr)},
        {"version", change.version},
        {"round", change.round},
        {"event", change.event},
        {"state", change.state},
        {"at", json::to_rfc3339(change.at)},
        {"actor", change.actor},
        {"account", change.account},
        {"contact", change.contact},
        {"owner", change.owner}};
    const char* about =
        change.number > 0 ? "item" : "ledger";  // the ledger of a theme, or of a promise that stands alone
    return "id: " + std::to_string(change.seq) + "\nevent: " + about +
           "\ndata: " + boost::json::serialize(data) + "\n\n";
}

class ChangeStream final : public BodyStream {
 public:
    ChangeStream(boost::asio::io_context& io, flow::ChangeFeed& feed, flow::Sights& sights, std::int64_t seen,
                 ChangeFilter filter)
        : listener_(io, feed, seen, filter.is_of_items_alone()),
          sights_(sights),
          filter_(std::move(filter)),
          until_(std::chrono::steady_clock::now() + kLongest) {}

    flow::Task<std::optional<std::string>> next() override {
        if (first_) {
            first_ = false;
            co_return "retry: 1000\n\n";
        }
        if (ended_ || std::chrono::steady_clock::now() >= until_) co_return std::nullopt;
        auto waiting = listener_.next(kHeartbeat);
        Result<std::vector<flow::Change>> changes = co_await std::move(waiting);
        if (ended_ || !changes) co_return std::nullopt;
        std::optional<std::vector<flow::OpenDraft>> drafts = listener_.drafts();
        const std::int64_t through = changes->empty() ? 0 : changes->back().seq;
        if (filter_.sight.limited()) {
            auto sifting = sift(*changes, drafts);
            const Done sifted = co_await std::move(sifting);
            if (ended_ || !sifted) co_return std::nullopt;
        }
        co_return text_of(*changes, drafts, through);
    }
    void end() override {
        ended_ = true;
        listener_.end();
    }

 private:
    /// Asked again each time: whose an account is may change while somebody listens.
    flow::Task<Done> sift(std::vector<flow::Change>& changes,
                          std::optional<std::vector<flow::OpenDraft>>& drafts) {
        const flow::Sight sight = filter_.sight;
        auto asking = sights_.accounts(sight);
        const Result<std::set<std::string>> own = co_await std::move(asking);
        if (!own) co_return own.error();
        std::erase_if(changes, [&](const flow::Change& one) {
            return one.owner != sight.text() && !own->contains(one.account);
        });
        std::vector<flow::OpenDraft> seen;
        for (const flow::OpenDraft& one : drafts.value_or(std::vector<flow::OpenDraft>())) {
            auto looking = sights_.within(sight, flow::Thing::item, one.item.text());
            const Result<std::string> item = co_await std::move(looking);
            if (item) seen.push_back(one);
        }
        if (drafts) drafts = std::move(seen);
        co_return done();
    }
    /// Without an id: whoever comes again asks for changes, and hears who is writing then.
    std::string drafts_text(std::optional<std::vector<flow::OpenDraft>>& drafts) const {
        if (!drafts) return {};
        std::erase_if(*drafts, [this](const flow::OpenDraft& one) { return !filter_.lets_through(one); });
        const boost::json::object data{{"drafts", json::drafts_document(*drafts)}};
        return "event: drafts\ndata: " + boost::json::serialize(data) + "\n\n";
    }
    /// `through`: the last number there was, seen or not; 0: none.
    std::string text_of(const std::vector<flow::Change>& changes,
                        std::optional<std::vector<flow::OpenDraft>>& drafts, std::int64_t through) const {
        std::string text = drafts_text(drafts);
        if (through == 0) return text.empty() ? ": still here\n\n" : text;
        for (const flow::Change& change : changes)
            if (filter_.lets_through(change)) text += event_text(change);
        // Nothing for this reader, and they need not go through it again.
        return text.empty() ? "id: " + std::to_string(through) + "\n\n" : text;
    }

    flow::Listener listener_;
    flow::Sights& sights_;
    ChangeFilter filter_;
    std::chrono::steady_clock::time_point until_;
    bool first_ = true;
    bool ended_ = false;
};

Result<ChangeFilter> read_filter(const ListQuery& query) {
    ChangeFilter filter{
        {}, query.text("account"), query.text("contact"), query.text("owner"), query.text("event"), {}};
    if (!filter.event.empty() && !core::value_of(core::kEvents, filter.event))
        return Error{ErrorCode::invalid,
                     "event: expected an event of the ledger such as raised, heard or told, found \"" +
                         filter.event + "\""};
    if (!query.has("item")) return filter;
    const Result<flow::ItemRef> item = flow::ItemRef::parse(query.text("item"));
    if (!item) return item.error();
    filter.item = *item;
    return filter;
}

/// Nothing: from now on.
Result<std::optional<std::int64_t>> read_seen(const Request& request, const ListQuery& query) {
    const std::string header(request.header("Last-Event-ID")),
        text = header.empty() ? query.text("after") : header;
    if (text.empty()) return std::optional<std::int64_t>();
    std::int64_t seen = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seen);
    if (failure == std::errc() && end == text.data() + text.size() && seen >= 0) return std::optional(seen);
    return Error{ErrorCode::invalid,
                 "Last-Event-ID: expected the number of an event, found \"" + text + "\""};
}

}  // namespace

void ChangeRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/events", identity.required([this](Request r, const flow::Caller& c) {
        return listen(std::move(r), c.sight);
    }));
}

flow::Task<Response> ChangeRoutes::listen(Request request, flow::Sight sight) {
    const Result<ListQuery> query =
        ListQuery::read(request, {"item", "account", "contact", "owner", "event", "after"});
    if (!query) co_return Response::problem(query.error(), request.path);
    Result<ChangeFilter> filter = read_filter(*query);
    if (!filter) co_return Response::problem(filter.error(), request.path);
    filter->sight = sight;
    const Result<std::optional<std::int64_t>> named = read_seen(request, *query);
    if (!named) co_return Response::problem(named.error(), request.path);
    if (feed_.listeners() >= kMostListeners)
        co_return Response::problem(
            Error{ErrorCode::exhausted, "as many listen as this host can serve; try again later"},
            request.path);
    std::int64_t seen = named->value_or(0);
    if (!*named) {
        auto asking = feed_.now();
        const Result<std::int64_t> last = co_await std::move(asking);
        if (!last) co_return Response::problem(last.error(), request.path);
        seen = *last;
    }
    Response response{200, "text/event-stream", {{"X-Accel-Buffering", "no"}}, {}};
    response.stream = std::make_shared<ChangeStream>(io_, feed_, sights_, seen, *filter);
    co_return response;
}

}  // namespace candour::http
