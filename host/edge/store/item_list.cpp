#include <algorithm>
#include <limits>
#include <map>

#include "candour_queries.hpp"
#include "core/feedback/words.hpp"
#include "edge/store/items.hpp"
#include "edge/store/items_in_sight.hpp"
#include "edge/store/list_text.hpp"

namespace candour::store {
namespace {

constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
/// Nobody reads larger numbers over a column, and counting further would cost what a list never costs.
constexpr std::int64_t kMostCounted = 10'000;
/// So many of those that moved last tell how long items stay where they are now.
constexpr int kCourses = 500;

/// The query whose index fits, and what it begins with.
struct Lead {
    const Query& query;
    std::string value;
};

/// Every word as a prefix. The words are letters and digits, so that nothing in them means anything to either
/// database.
std::string search_for(const Session& session, const std::string& words) {
    const bool sqlite = session.dialect() == Dialect::sqlite;
    std::string search;
    for (const std::string& word : core::words_of(words)) {
        if (!search.empty()) search += sqlite ? " AND " : " & ";
        search += sqlite ? "\"" + word + "\"*" : "'" + word + "':*";
    }
    return search;
}

std::string state_text(const flow::ItemQuery& query) {
    return query.state ? std::string(core::name_of(core::kStates, *query.state)) : std::string();
}

/// Somebody whose sight is limited asks for nothing that has fewer items than they see.
bool led_by_sight(const flow::ItemQuery& query) {
    return !query.sees.empty() && query.owner.empty() && query.account.empty() && query.contact.empty() &&
           query.theme.empty() && query.words.empty();
}

Lead lead_of(const Session& session, const flow::ItemQuery& query) {
    if (query.order == flow::ItemOrder::changed && query.state)
        return {sql::listing::last_changed_of_state, state_text(query)};
    if (query.order == flow::ItemOrder::changed) return {sql::listing::last_changed, ""};
    if (query.order == flow::ItemOrder::due && !query.owner.empty())
        return {sql::listing::soonest_due_of_owner, query.owner};
    if (query.order == flow::ItemOrder::due && query.state)
        return {sql::listing::soonest_due_of_state, state_text(query)};
    if (query.order == flow::ItemOrder::due) return {sql::listing::soonest_due, ""};
    if (!query.words.empty()) return {sql::listing::newest_with_words, search_for(session, query.words)};
    if (!query.theme.empty()) return {sql::listing::newest_of_theme, query.theme};
    if (query.quiet) return {sql::listing::newest_quiet, ""};
    if (!query.contact.empty()) return {sql::listing::newest_of_contact, query.contact};
    if (!query.account.empty()) return {sql::listing::newest_of_account, query.account};
    if (!query.owner.empty() && query.state) return {sql::listing::newest_of_owner_in_state, query.owner};
    if (!query.owner.empty()) return {sql::listing::newest_of_owner, query.owner};
    if (query.state && query.owes_nothing)
        return {sql::listing::newest_of_state_owing_nothing, state_text(query)};
    if (query.state) return {sql::listing::newest_of_state, state_text(query)};
    return {sql::listing::newest, ""};
}

void bind_filters(Call& call, const flow::ItemQuery& query) {
    call.with("state", state_text(query))
        .with("owner", query.owner)
        .with("account", query.account)
        .with("contact", query.contact)
        .with("theme", query.theme)
        .with("quiet", query.quiet ? 1 : 0)
        .with("owes_nothing", query.owes_nothing ? 1 : 0)
        .with("segment", query.segment)
        .with("source", query.source)
        .with("level", query.level)
        .with("since", query.since)
        .with("until", query.until)
        .with("overdue_at", query.overdue_at)
        .with("sees", query.sees);
}

/// While it lives, statements are planned for the values they are called with.
class PlannedForTheseValues {
 public:
    explicit PlannedForTheseValues(Session& session) : session_(session) {
        if (session.dialect() == Dialect::postgresql) session.call(sql::listing::plan_for_these_values).run();
    }
    ~PlannedForTheseValues() {
        if (session_.dialect() != Dialect::postgresql) return;
        try {
            session_.call(sql::listing::plan_for_any_values).run();
        } catch (const std::exception&) {
            // The connection is gone, and the setting with it.
        }
    }
    PlannedForTheseValues(const PlannedForTheseValues&) = delete;
    PlannedForTheseValues& operator=(const PlannedForTheseValues&) = delete;

 private:
    Session& session_;
};

/// Whose accounts lead need not be asked for of each item again.
std::vector<flow::ItemPlace> select_in_sight(Session& session, const flow::ItemQuery& query, int wanted) {
    flow::ItemQuery filters = query;
    filters.sees.clear();
    const PlannedForTheseValues planned(session);
    return places_in_sight(session, query, wanted, [&](Call& call) { bind_filters(call, filters); });
}

/// One more than asked for: whether there is a next page.
std::vector<flow::ItemPlace> select_places(Session& session, const flow::ItemQuery& query) {
    if (led_by_sight(query)) return select_in_sight(session, query, query.limit + 1);
    const Lead lead = lead_of(session, query);
    const bool ascends = query.order == flow::ItemOrder::due;
    const flow::ItemPlace from =
        query.after.value_or(ascends ? flow::ItemPlace{0, kLast} : flow::ItemPlace{kLast, kLast});
    long long number = 0, key = 0;
    const PlannedForTheseValues planned(session);
    Call call = session.call(lead.query);
    bind_filters(call, query);
    if (!lead.value.empty()) call.with("lead", lead.value);
    if (query.order != flow::ItemOrder::newest) call.with("key", from.key);
    call.with("number", from.number).with("limit", query.limit + 1);
    call.into(number).into(key);
    std::vector<flow::ItemPlace> places;
    while (call.next()) places.push_back({key, number});
    return places;
}

bool is_narrow(const flow::ItemQuery& query) {
    return !query.segment.empty() || !query.level.empty() || !query.source.empty() || query.quiet ||
           query.owes_nothing || core::happened(query.since) || core::happened(query.until) ||
           core::happened(query.overdue_at);
}

std::int64_t count_of(Session& session, const flow::ItemQuery& query, core::State state) {
    flow::ItemQuery of_state = query;
    of_state.state = state;
    const bool narrow = is_narrow(query);
    long long items = 0;
    Call call = session.call(narrow ? sql::listing::some_of_state : sql::listing::count_of_state);
    if (narrow) {
        bind_filters(call, of_state);
        call.with("lead", state_text(of_state));
    } else {
        call.with("state", state_text(of_state));
    }
    call.with("most", kMostCounted + 1).into(items);
    call.next();
    return items;
}

/// The query that counts all states at once, along the index of whom or what was asked for; none: state by
/// state.
std::optional<Lead> counting_lead(const Session& session, const flow::ItemQuery& query) {
    if (!query.words.empty()) return Lead{sql::listing::states_with_words, search_for(session, query.words)};
    if (!query.theme.empty()) return Lead{sql::listing::states_of_theme, query.theme};
    if (!query.contact.empty()) return Lead{sql::listing::states_of_contact, query.contact};
    if (!query.account.empty()) return Lead{sql::listing::states_of_account, query.account};
    if (!query.owner.empty()) return Lead{sql::listing::states_of_owner, query.owner};
    if (!query.sees.empty()) return Lead{sql::listing::states_in_sight, query.sees};
    return std::nullopt;
}

std::map<core::State, std::int64_t> count_columns(Session& session, const flow::ItemQuery& query) {
    if (led_by_sight(query) && !is_narrow(query))
        return states_in_sight(session, query.sees, kMostCounted + 1);
    std::map<core::State, std::int64_t> columns;
    const std::optional<Lead> lead = counting_lead(session, query);
    if (!lead) {
        for (const auto& [state, name] : core::kStates) columns[state] = count_of(session, query, state);
        return columns;
    }
    if (!query.words.empty() && lead->value.empty()) return columns;
    std::string state;
    long long items = 0;
    Call call = session.call(lead->query);
    bind_filters(call, query);
    call.with("lead", lead->value).with("most", kMostCounted + 1).into(state).into(items);
    while (call.next())
        if (const auto known = core::value_of(core::kStates, state)) columns[*known] = items;
    return columns;
}

std::vector<std::int64_t> changed_last_in_sight(Session& session, const std::string& sees) {
    flow::ItemQuery query;
    query.order = flow::ItemOrder::changed;
    query.sees = sees;
    std::vector<std::int64_t> numbers;
    for (const flow::ItemPlace& place : select_in_sight(session, query, kCourses))
        numbers.push_back(place.number);
    return numbers;
}

std::vector<core::Pace> select_paces(Session& session, const std::string& sees) {
    long long raised = 0, heard = 0, decided = 0, changed = 0, told = 0, closed = 0, will_change = 0;
    std::vector<std::int64_t> seen;
    if (!sees.empty()) seen = changed_last_in_sight(session, sees);
    Call call = session.call(sees.empty() ? sql::listing::courses : sql::listing::courses_of);
    if (sees.empty())
        call.with("limit", kCourses);
    else
        call.with("numbers", list_text(session.dialect(), seen));
    for (long long* column : {&raised, &heard, &decided, &changed, &told, &closed, &will_change})
        call.into(*column);
    std::vector<core::Course> courses;
    while (call.next())
        courses.push_back({core::from_us(raised), core::from_us(heard), core::from_us(decided),
                           core::from_us(changed), core::from_us(told), core::from_us(closed),
                           will_change != 0});
    return core::paces_of(courses);
}

flow::BoardCounts select_counts(Session& session, flow::ItemQuery query) {
    query.state.reset();
    const PlannedForTheseValues planned(session);
    std::map<core::State, std::int64_t> columns = count_columns(session, query);
    flow::BoardCounts counts;
    for (const auto& [state, name] : core::kStates)
        counts.columns.push_back(
            {state, std::min(columns[state], kMostCounted), columns[state] > kMostCounted});
    counts.paces = select_paces(session, query.sees);
    return counts;
}

}  // namespace

Result<flow::ItemPage> select_page(Session& session, const flow::ItemQuery& query) {
    if (!query.words.empty() && query.order != flow::ItemOrder::newest)
        return Error{ErrorCode::invalid,
                     "sort: a search is sorted newest first; leave sort out, or the words"};
    if (query.owes_nothing && query.order == flow::ItemOrder::due)
        return Error{ErrorCode::invalid,
                     "sort: what owes nothing is due at no time; expected newest or changed, found due"};
    flow::ItemPage page;
    if (!query.words.empty() && core::words_of(query.words).empty()) return page;
    std::vector<flow::ItemPlace> places = select_places(session, query);
    if (places.size() > static_cast<std::size_t>(query.limit)) {
        places.pop_back();
        page.next = places.back();
    }
    std::vector<std::int64_t> numbers;
    for (const flow::ItemPlace& place : places) numbers.push_back(place.number);
    if (!numbers.empty()) page.items = select_views(session, numbers);
    return page;
}

flow::Task<Result<flow::BoardCounts>> Items::counts(flow::ItemQuery query) {
    std::function<Result<flow::BoardCounts>(Session&)> work = [query](Session& session) {
        return Result<flow::BoardCounts>(select_counts(session, query));
    };
    auto pending = database_.read<flow::BoardCounts>(std::move(work));
    Result<flow::BoardCounts> counts = co_await std::move(pending);
    co_return counts;
}

flow::Task<Result<flow::ItemPage>> Items::list(flow::ItemQuery query) {
    std::function<Result<flow::ItemPage>(Session&)> work = [query](Session& session) {
        return select_page(session, query);
    };
    auto pending = database_.read<flow::ItemPage>(std::move(work));
    Result<flow::ItemPage> page = co_await std::move(pending);
    co_return page;
}

}  // namespace candour::store
