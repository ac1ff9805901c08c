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
    ChangeStream(boost::asio::io_context& io, flow::ChangeFeed& feed, std::int64_t seen, ChangeFilter filter)
        : listener_(io, feed, seen, filter.is_of_items_alone()),
          filter_(std::move(filter)),
          until_(std::chrono::steady_clock::now() + kLongest) {}

    flow::Task<std::optional<std::string>> next() override {
        if (first_) {
            first_ = false;
            co_return "retry: 1000\n\n";
        }
        if (ended_ || std::chrono::steady_clock::now() >= until_) co_return std::nullopt;
        auto waiting = listener_.next(kHeartbeat);
        const Result<std::vector<flow::Change>> changes = co_await std::move(waiting);
        if (ended_ || !changes) co_return std::nullopt;
        co_return text_of(*changes);
    }
    void end() override {
        ended_ = true;
        listener_.end();
    }

 private:
    /// Without an id: whoever comes again asks for changes, and hears who is writing then.
    std::string drafts_text() {
        std::optional<std::vector<flow::OpenDraft>> drafts = listener_.drafts();
        if (!drafts) return {};
        std::erase_if(*drafts, [this](const flow::OpenDraft& one) { return !filter_.lets_through(one); });
        const boost::json::object data{{"drafts", json::drafts_document(*drafts)}};
        return "event: drafts\ndata: " + boost::json::serialize(data) + "\n\n";
    }
    std::string text_of(const std::vector<flow::Change>& changes) {
        std::string text = drafts_text();
        if (changes.empty()) return text.empty() ? ": still here\n\n" : text;
        for (const flow::Change& change : changes)
            if (filter_.lets_through(change)) text += event_text(change);
        // Nothing for this reader, and they need not go through it again.
        return text.empty() ? "id: " + std::to_string(changes.back().seq) + "\n\n" : text;
    }

    flow::Listener listener_;
    ChangeFilter filter_;
    std::chrono::steady_clock::time_point until_;
    bool first_ = true;
    bool ended_ = false;
};

Result<ChangeFilter> read_filter(const ListQuery& query) {
    ChangeFilter filter{
        {}, query.text("account"), query.text("contact"), query.text("owner"), query.text("event")};
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
    router.add(Method::get, "/api/v1/events",
               identity.required([this](Request r, const flow::Caller&) { return listen(std::move(r)); }));
}

flow::Task<Response> ChangeRoutes::listen(Request request) {
    const Result<ListQuery> query =
        ListQuery::read(request, {"item", "account", "contact", "owner", "event", "after"});
    if (!query) co_return Response::problem(query.error(), request.path);
    const Result<ChangeFilter> filter = read_filter(*query);
    if (!filter) co_return Response::problem(filter.error(), request.path);
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
    response.stream = std::make_shared<ChangeStream>(io_, feed_, seen, *filter);
    co_return response;
}

}  // namespace candour::http
