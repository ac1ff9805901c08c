#include "app/cli/campaign_audience.hpp"

#include <boost/json.hpp>
#include <charconv>

namespace candour::app::cli {
namespace {

void put_names(boost::json::object& audience, const char* list, const std::vector<std::string>& names) {
    if (!names.empty()) audience[list] = boost::json::array(names.begin(), names.end());
}

/// "operational=20"
Result<boost::json::object> shares_of(const std::vector<std::string>& texts) {
    boost::json::object shares;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        int per_cent = 0;
        const char* const begin = text.data() + std::min(equals + 1, text.size());
        const auto [end, bad] = std::from_chars(begin, text.data() + text.size(), per_cent);
        if (equals == std::string::npos || bad != std::errc() || end != text.data() + text.size())
            return Error{ErrorCode::invalid,
                         "--share: expected LEVEL=PERCENT such as operational=20, found \"" + text + "\""};
        shares[text.substr(0, equals)] = per_cent;
    }
    return shares;
}

boost::json::object last_answer_of(const Asking& asking) {
    boost::json::object last;
    if (asking.never_answered) last["never"] = true;
    if (!asking.answered_before.empty()) last["before"] = asking.answered_before;
    if (!asking.answered_after.empty()) last["after"] = asking.answered_after;
    put_names(last, "class", asking.classes);
    return last;
}

}  // namespace

void add_audience_options(CLI::App& command, Asking& asking) {
    command.add_option("--segment", asking.segments, "co_creator, opportunity, reliable, edge, unclassified")
        ->type_name("NAME");
    command.add_option("--level", asking.levels, "executive, managerial, operational")->type_name("NAME");
    command.add_option("--role", asking.roles, "champion, budget_holder, influencer, sponsor, user")
        ->type_name("NAME");
    command.add_option("--tag", asking.tags, "your own words for contacts; any of these")->type_name("TAG");
    command.add_option("--account", asking.accounts, "your own reference, or acc_…")->type_name("REF");
    command.add_option("--contact", asking.contacts, "an address, or con_…")->type_name("ID_OR_ADDRESS");
    command.add_flag("--all", asking.all, "everybody");
    command.add_flag("--never-answered", asking.never_answered, "who has not answered anything yet");
    command.add_option("--answered-before", asking.answered_before, "whose last answer came before this day")
        ->type_name("DATE");
    command.add_option("--answered-after", asking.answered_after, "whose last answer came after this day")
        ->type_name("DATE");
    command.add_option("--last-score", asking.classes, "detractor, passive, promoter: of the last score")
        ->type_name("CLASS");
    command
        .add_option("--per-account", asking.per_account,
                    "at most so many of an account, the levels taking turns, executives first")
        ->type_name("N");
    command.add_option("--per-level", asking.per_level, "at most so many of each level of an account")
        ->type_name("N");
    command.add_option("--share", asking.shares, "so many per cent of a level, such as operational=20")
        ->type_name("LEVEL=PERCENT");
}

Result<boost::json::object> audience_body(const Asking& asking) {
    boost::json::object audience, sample;
    if (asking.all) audience["all"] = true;
    put_names(audience, "segments", asking.segments);
    put_names(audience, "levels", asking.levels);
    put_names(audience, "roles", asking.roles);
    put_names(audience, "tags", asking.tags);
    put_names(audience, "accounts", asking.accounts);
    put_names(audience, "contacts", asking.contacts);
    boost::json::object last = last_answer_of(asking);
    if (!last.empty()) audience["last_answer"] = std::move(last);
    Result<boost::json::object> shares = shares_of(asking.shares);
    if (!shares) return shares.error();
    if (asking.per_account != 0) sample["per_account"] = asking.per_account;
    if (asking.per_level != 0) sample["per_level"] = asking.per_level;
    if (!shares->empty()) sample["share"] = std::move(*shares);
    if (!sample.empty()) audience["sample"] = std::move(sample);
    return audience;
}

}  // namespace candour::app::cli
