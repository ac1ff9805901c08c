#include "edge/http/routes/commitments.hpp"

#include <boost/json.hpp>

#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/http/routes/statements.hpp"
#include "edge/json/calendar_document.hpp"
#include "edge/json/commitment_document.hpp"
#include "edge/json/time_text.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr std::int64_t kMostWorkingDays = 1'000;

template <class Enum, std::size_t N>
Result<std::string> word_choice(const ListQuery& list, std::string_view name,
                                const core::NameTable<Enum, N>& table) {
    const std::string text = list.text(name);
    if (text.empty() || core::value_of(table, text)) return text;
    std::string all;
    for (const auto& [value, known] : table) all += (all.empty() ? "" : ", ") + std::string(known);
    return Error{ErrorCode::invalid,
                 std::string(name) + ": expected one of " + all + "; found \"" + text + "\""};
}

/// Exactly one of the two: a day, or so many working days.
Result<flow::CivilDue> read_due(const JsonBody& body) {
    const Result<std::string> by = body.text("by");
    if (!by) return by.error();
    const Result<std::optional<std::int64_t>> days = body.number("working_days");
    if (!days) return days.error();
    if (by->empty() == !days->has_value())
        return Error{ErrorCode::invalid,
                     "by: expected a date as YYYY-MM-DD, or working_days instead of it; found " +
                         std::string(by->empty() ? "neither" : "both")};
    flow::CivilDue due;
    if (by->empty()) {
        if (**days < 1 || **days > kMostWorkingDays)
            return Error{ErrorCode::invalid,
                         "working_days: expected 1 to 1000, found " + std::to_string(**days)};
        due.working = std::chrono::days{**days};
        return due;
    }
    const Result<std::chrono::year_month_day> day = json::date_of("by", *by);
    if (!day) return day.error();
    due.day = *day;
    return due;
}

}  // namespace

Result<flow::CommitmentQuery> read_commitment_query(const ListQuery& list) {
    flow::CommitmentQuery query;
    const Result<std::string> standing = word_choice(list, "standing", core::kStandings),
                              source = word_choice(list, "source", core::kPromisedIn);
    if (!standing) return standing.error();
    if (!source) return source.error();
    query.standing = *standing;
    query.source = *source;
    query.owner = list.text("owner");
    query.account = list.text("account");
    const Result<core::Instant> before = list.instant("due_before");
    if (!before) return before.error();
    query.due_before = *before;
    const Result<int> limit = list.limit(100, 500);
    if (!limit) return limit.error();
    query.limit = *limit;
    const auto place = list.place(3);
    if (!place) return place.error();
    if (!*place) return query;
    query.after_due = core::from_us(number_in((**place)[0]));
    query.after_subject = (**place)[1];
    query.after_round = static_cast<int>(number_in((**place)[2]));
    return query;
}

void CommitmentRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/commitments",
               identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::post, "/api/v1/commitments", identity.required([this](Request r, flow::Caller c) {
        return promise(std::move(r), std::move(c));
    }));
    router.add(Method::get, "/api/v1/commitments/{commitment}",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(Method::post, "/api/v1/commitments/{commitment}/keep",
               identity.required(
                   [this](Request r, flow::Caller c) { return settle(std::move(r), std::move(c), true); }));
    router.add(Method::post, "/api/v1/commitments/{commitment}/break",
               identity.required(
                   [this](Request r, flow::Caller c) { return settle(std::move(r), std::move(c), false); }));
}

flow::Task<Response> CommitmentRoutes::list(Request request) {
    const Result<ListQuery> list = ListQuery::read(request, kCommitmentFilters);
    if (!list) co_return Response::problem(list.error(), request.path);
    Result<flow::CommitmentQuery> query = read_commitment_query(*list);
    if (!query) co_return Response::problem(query.error(), request.path);
    query->sees = request.sees;
    const auto limit = static_cast<std::size_t>(query->limit++);
    auto reading = needs_.commitments.commitments(*query, needs_.clock.now());
    Result<std::vector<flow::CommitmentView>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    const bool more = all->size() > limit;
    if (more) all->pop_back();
    bj::array rows;
    for (const flow::CommitmentView& one : *all) rows.push_back(json::commitment_document(one));
    bj::object page{{"commitments", std::move(rows)}, {"next", nullptr}};
    if (more)
        page["next"] = list->cursor({std::to_string(core::to_us(all->back().due_at)), all->back().subject,
                                     std::to_string(all->back().round)});
    co_return Response::json(200, page);
}

flow::Task<Response> CommitmentRoutes::answer(core::CommitmentId id, unsigned status, std::string path) {
    auto reading = needs_.commitments.commitment({std::move(id), 0}, needs_.clock.now());
    Result<flow::CommitmentView> view = co_await std::move(reading);
    if (!view) co_return Response::problem(view.error(), path);
    Response response = Response::json(status, json::commitment_document(*view));
    response.set("ETag", "\"" + std::to_string(view->version) + "\"");
    if (status == 201) response.set("Location", "/api/v1/commitments/PR-" + std::to_string(view->number));
    co_return response;
}

flow::Task<Response> CommitmentRoutes::show(Request request) {
    const Result<flow::CommitmentRef> ref = flow::CommitmentRef::parse(request.parameter("commitment"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    auto reading = needs_.commitments.commitment(*ref, needs_.clock.now());
    Result<flow::CommitmentView> view = co_await std::move(reading);
    if (!view) co_return Response::problem(view.error(), request.path);
    Response response = Response::json(200, json::commitment_document(*view));
    response.set("ETag", "\"" + std::to_string(view->version) + "\"");
    co_return response;
}

flow::Task<Result<core::Commitment>> CommitmentRoutes::read_promise(JsonBody body) {
    const auto words = texts(body, {"promise", "source", "account", "contact", "owner"});
    if (!words) co_return words.error();
    const Result<flow::CivilDue> due = read_due(body);
    if (!due) co_return due.error();
    core::Commitment wanted;
    wanted.promise = (*words)[0];
    const auto source = core::value_of(core::kPromisedIn, (*words)[1]);
    if (!source)
        co_return Error{
            ErrorCode::invalid,
            "source: expected sales, review, mail, meeting or other, found \"" + (*words)[1] + "\""};
    wanted.source = *source;
    if ((*words)[2].empty())
        co_return Error{ErrorCode::invalid, "account: expected whom it was promised to, found nothing"};
    auto finding = needs_.care.account((*words)[2]);
    Result<AccountId> account = co_await std::move(finding);
    if (!account) co_return account.error();
    wanted.account = *account;
    wanted.contact = ContactId::trusted((*words)[3]);
    if (!(*words)[4].empty()) {
        auto asking = needs_.care.teammate((*words)[4]);
        Result<core::Teammate> owner = co_await std::move(asking);
        if (!owner) co_return Error{ErrorCode::invalid, "owner: " + owner.error().message};
        wanted.owner = owner->id.text();
    }
    auto counting = needs_.calendars.due_for(wanted.account.text(), wanted.owner, *due, needs_.clock.now(),
                                             needs_.policies->zone);
    Result<core::Instant> at = co_await std::move(counting);
    if (!at) co_return at.error();
    wanted.due_at = *at;
    co_return wanted;
}

flow::Task<Response> CommitmentRoutes::promise(Request request, flow::Caller caller) {
    Result<JsonBody> body = JsonBody::read(
        request, {"promise", "source", "account", "contact", "owner", "by", "working_days", "note"});
    if (!body) co_return unreadable(body.error(), request);
    Result<std::string> note = body->text("note");
    if (!note) co_return Response::problem(note.error(), request.path);
    auto reading = read_promise(std::move(*body));
    Result<core::Commitment> wanted = co_await std::move(reading);
    if (!wanted) co_return Response::problem(wanted.error(), request.path);
    // A promise that nobody is named for is kept by whoever wrote it down.
    if (wanted->owner.empty()) wanted->owner = caller.teammate.text();
    const Result<core::CommitmentEntry> entry =
        core::make(*wanted, {caller.actor(), needs_.clock.now()}, *note);
    if (!entry) co_return Response::problem(entry.error(), request.path);
    auto promising = needs_.commitments.promise(*wanted, *entry);
    Result<core::Commitment> made = co_await std::move(promising);
    if (!made) co_return Response::problem(made.error(), request.path);
    auto answering = answer(made->id, 201, request.path);
    Response response = co_await std::move(answering);
    co_return response;
}

flow::Task<Response> CommitmentRoutes::settle(Request request, flow::Caller caller, bool kept) {
    const Result<flow::CommitmentRef> ref = flow::CommitmentRef::parse(request.parameter("commitment"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    const Result<std::optional<std::int64_t>> version = if_match(request);
    if (!version) co_return to_response(bad_request(version.error().message));
    if (!*version) co_return to_response(version_required());
    const char* field = kept ? "note" : "reason";
    const Result<JsonBody> body = JsonBody::read(request, {field});
    if (!body) co_return unreadable(body.error(), request);
    Result<std::string> words = body->text(field);
    if (!words) co_return Response::problem(words.error(), request.path);
    const core::Act act{caller.actor(), needs_.clock.now()};
    auto stale = std::make_shared<int>(0);
    flow::Settle decide = [act, kept, words = *words, seen = **version,
                           stale](const core::Commitment& one) -> Result<core::CommitmentEntry> {
        if (one.version != seen) {
            *stale = one.version;
            return Error{ErrorCode::conflict, "somebody was faster"};
        }
        return kept ? core::keep(one, act, words) : core::break_it(one, act, words);
    };
    auto settling = needs_.commitments.settle(*ref, std::move(decide));
    Result<core::Commitment> settled = co_await std::move(settling);
    if (!settled && *stale != 0) co_return to_response(stale_version(**version, *stale));
    if (!settled) co_return Response::problem(settled.error(), request.path);
    auto answering = answer(settled->id, 200, request.path);
    Response response = co_await std::move(answering);
    co_return response;
}

}  // namespace candour::http
