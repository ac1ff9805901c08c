#include "population.hpp"

#include <boost/json.hpp>

namespace candour::relationship_nps {

namespace json = boost::json;

namespace {

/// The day asked for, the evening before its quarter, the evening before the quarter in front of that.
constexpr std::size_t kDays = 3;

struct Request {
    std::size_t accounts = 0;
    bool one_account = false;
    bool one_level = false;
};

Result<Request> read_request(std::string_view text) {
    boost::system::error_code bad;
    const json::value value = json::parse(json::string_view(text.data(), text.size()), bad);
    const json::object* object = bad ? nullptr : value.if_object();
    const json::value* days = object ? object->if_contains("days") : nullptr;
    const json::value* accounts = object ? object->if_contains("accounts") : nullptr;
    if (!days || !days->is_array() || days->get_array().size() != kDays || !accounts ||
        !accounts->is_number())
        return Error{ErrorCode::invalid,
                     "finalize: expected {\"days\": [three], \"accounts\": n}, found something else"};
    Request request;
    request.accounts = accounts->to_number<std::size_t>();
    if (const json::value* scope = object->if_contains("scope"); scope && scope->is_object()) {
        request.one_account = scope->get_object().contains("account");
        request.one_level = scope->get_object().contains("level");
    }
    return request;
}

stats::NpsCounts counts_at(std::span<const std::int64_t> cells, std::size_t first) {
    return {cells[first], cells[first + 1], cells[first + 2]};
}

}  // namespace

Result<Population> Population::read(const sdk::Groups& groups, std::string_view request_json) {
    const Result<Request> request = read_request(request_json);
    if (!request) return request.error();
    const Result<std::size_t> count = groups.count(kDays);
    if (!count) return count.error();
    Population all;
    all.one_account = request->one_account;
    all.one_level = request->one_level;
    all.accounts.resize(request->accounts);
    for (std::size_t i = 0; i < *count; ++i) {
        const sdk::Groups::Group group = groups.at(i, kDays);
        if (group.account < 0 || static_cast<std::size_t>(group.account) >= all.accounts.size() ||
            group.level < 0 || group.level > 2)
            return Error{ErrorCode::invalid,
                         "finalize: a group names an account or a level that is not there"};
        Account& account = all.accounts[static_cast<std::size_t>(group.account)];
        const auto level = static_cast<stats::Level>(group.level);
        const auto now = group.sums(0), quarter_start = group.sums(1), before_start = group.sums(2);
        const stats::NpsCounts rolling = counts_at(now, kDetractors);
        stats::NpsCounts fresh = counts_at(now, kFreshDetractors),
                         earlier = counts_at(quarter_start, kFreshDetractors);
        fresh -= earlier;
        earlier -= counts_at(before_start, kFreshDetractors);
        account.levels[level] += rolling;
        account.eligible[level] += now[kEligible];
        account.now += rolling;
        account.quarter += fresh;
        account.before += earlier;
        account.revenue = static_cast<double>(group.revenue);
        all.levels[level] += rolling;
        all.eligible[level] += now[kEligible];
        all.now += rolling;
        all.quarter += fresh;
        all.before += earlier;
        all.eligible_in_all += now[kEligible];
        all.humans += now[kHumans];
    }
    return all;
}

std::vector<stats::NpsCounts> Population::scores() const {
    std::vector<stats::NpsCounts> scores;
    for (const Account& account : accounts) scores.push_back(account.now);
    return scores;
}

stats::ClusterSums Population::clusters() const {
    stats::ClusterSums sums;
    for (const Account& account : accounts) sums.add(account.now);
    return sums;
}

}  // namespace candour::relationship_nps
