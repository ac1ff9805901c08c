#include "edge/store/items_in_sight.hpp"

#include <algorithm>
#include <limits>

#include "candour_queries.hpp"

namespace candour::store {
namespace {

constexpr std::int64_t kFarthest = std::numeric_limits<std::int64_t>::max();
/// Of each account so many times its even share of a page, and a few: accounts are seldom alike.
constexpr int kShares = 4, kFew = 3;
/// When that was too little for one of them, all are asked for so many times as much.
constexpr int kMore = 8;

/// An account, "" for what they answer for themselves, and one of its places.
struct Share {
    std::string account;
    flow::ItemPlace place;
};

bool comes_before(flow::ItemOrder order, const flow::ItemPlace& a, const flow::ItemPlace& b) {
    if (order == flow::ItemOrder::newest) return a.number > b.number;
    const std::pair one(a.key, a.number), other(b.key, b.number);
    return order == flow::ItemOrder::due ? one < other : one > other;
}

const Query& shares_in(flow::ItemOrder order) {
    if (order == flow::ItemOrder::changed) return sql::listing::last_changed_in_sight;
    if (order == flow::ItemOrder::due) return sql::listing::soonest_due_in_sight;
    return sql::listing::newest_in_sight;
}

int accounts_in_sight(Session& session, const std::string& sees) {
    long long accounts = 0;
    Call call = session.call(sql::listing::accounts_in_sight);
    call.with("lead", sees).into(accounts);
    call.next();
    return static_cast<int>(accounts);
}

std::vector<Share> shares_of(Session& session, const flow::ItemQuery& query, int quota, int wanted,
                             const std::function<void(Call&)>& bind) {
    const bool ascends = query.order == flow::ItemOrder::due;
    const flow::ItemPlace from =
        query.after.value_or(ascends ? flow::ItemPlace{0, kFarthest} : flow::ItemPlace{kFarthest, kFarthest});
    Call call = session.call(shares_in(query.order));
    bind(call);
    call.with("lead", query.sees).with("number", from.number).with("quota", quota).with("limit", wanted);
    if (query.order != flow::ItemOrder::newest) call.with("key", from.key);
    Share share;
    long long number = 0, key = 0;
    call.into(share.account).into(number).into(key);
    std::vector<Share> shares;
    while (call.next()) {
        share.place = {key, number};
        shares.push_back(share);
    }
    return shares;
}

/// What they answer for at an account that they see stands in two shares.
std::vector<flow::ItemPlace> merged(const std::vector<Share>& shares, flow::ItemOrder order, int wanted) {
    std::vector<flow::ItemPlace> places;
    for (const Share& share : shares) places.push_back(share.place);
    std::ranges::sort(places, [order](const auto& a, const auto& b) { return comes_before(order, a, b); });
    const auto same = [](const auto& a, const auto& b) { return a.number == b.number; };
    places.erase(std::unique(places.begin(), places.end(), same), places.end());
    if (places.size() > static_cast<std::size_t>(wanted)) places.resize(static_cast<std::size_t>(wanted));
    return places;
}

/// Whether an account whose share is used up may have more of the page: its last place comes before the
/// page's last one, or the page is not full.
bool lacks_some(const std::vector<Share>& shares, const std::vector<flow::ItemPlace>& page,
                flow::ItemOrder order, int quota, int wanted) {
    std::map<std::string, std::pair<int, flow::ItemPlace>> last;
    for (const Share& share : shares) {
        if (share.account.empty()) continue;
        auto& [count, place] = last[share.account];
        if (count == 0 || comes_before(order, place, share.place)) place = share.place;
        ++count;
    }
    const bool full = page.size() == static_cast<std::size_t>(wanted);
    return std::ranges::any_of(last, [&](const auto& one) {
        const auto& [count, place] = one.second;
        return count == quota && (!full || comes_before(order, place, page.back()));
    });
}

std::int64_t count_few(Session& session, const Query& query, const std::string& sees, std::string_view state,
                       std::int64_t most) {
    long long items = 0;
    Call call = session.call(query);
    call.with("lead", sees).with("state", std::string(state)).with("most", most).into(items);
    call.next();
    return items;
}

}  // namespace

std::vector<flow::ItemPlace> places_in_sight(Session& session, const flow::ItemQuery& query, int wanted,
                                             const std::function<void(Call&)>& bind) {
    const int accounts = std::max(accounts_in_sight(session, query.sees), 1);
    // What a filter lets through may be rare: looked for again and again it would cost more than all at once.
    const int share = query.state ? wanted : kShares * wanted / accounts + kFew;
    for (int quota = std::min(wanted, share);; quota = std::min(wanted, kMore * quota)) {
        const std::vector<Share> shares = shares_of(session, query, quota, wanted, bind);
        std::vector<flow::ItemPlace> page = merged(shares, query.order, wanted);
        if (quota == wanted || !lacks_some(shares, page, query.order, quota, wanted)) return page;
    }
}

std::map<core::State, std::int64_t> states_in_sight(Session& session, const std::string& sees,
                                                    std::int64_t most) {
    std::map<core::State, std::int64_t> states;
    for (const auto& [state, name] : core::kStates) {
        const std::int64_t seen = count_few(session, sql::listing::count_of_state_in_sight, sees, name, most);
        const std::int64_t besides =
            seen < most ? count_few(session, sql::listing::count_of_state_besides, sees, name, most) : 0;
        states[state] = std::min(seen + besides, most);
    }
    return states;
}

}  // namespace candour::store
