#include "app/cli/campaign_words.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/output.hpp"

namespace candour::app::cli {
namespace {

using boost::json::value;

/// As in the middle of a sentence; a reason that this program does not know stands as the host says it.
std::string words_of(const std::string& reason) {
    if (reason == "inactive") return "has left";
    if (reason == "no_address") return "has no address";
    if (reason == "suppressed") return "the address bounced for good";
    if (reason == "opted_out") return "wants no such mail";
    if (reason == "resting") return "was asked not long ago";
    if (reason == "duplicate") return "is asked at another account";
    return reason;
}

void put(boost::json::object& audience, const char* list, const std::vector<std::string>& names) {
    if (!names.empty()) audience[list] = boost::json::array(names.begin(), names.end());
}

std::string people(std::int64_t count) {
    return count == 1 ? "1 person" : std::to_string(count) + " people";
}

void print_left_out(const value& campaign) {
    Table table({"LEFT OUT", "ACCOUNT", "WHY"});
    for (const value& one : list_at(campaign, "left_out"))
        table.row({text_at(one, "name"), text_at(one, "account"), words_of(text_at(one, "reason"))});
    if (table.empty()) return;
    std::cout << "\n";
    table.print();
}

}  // namespace

Result<value> ask_for_campaign(const Api& api, const Asking& asking) {
    boost::json::object audience;
    if (asking.all) audience["all"] = true;
    put(audience, "segments", asking.segments);
    put(audience, "levels", asking.levels);
    put(audience, "accounts", asking.accounts);
    put(audience, "contacts", asking.contacts);
    boost::json::object body{
        {"plugin", asking.plugin}, {"audience", std::move(audience)}, {"dry_run", asking.dry_run}};
    if (!asking.at.empty()) body["at"] = asking.at;
    if (!asking.key.empty()) body["key"] = asking.key;
    return api.post("/api/v1/campaigns", body);
}

std::string state_of_campaign(const value& campaign) {
    if (!text_at(campaign, "cancelled_at").empty()) return "cancelled";
    const value& progress = at(campaign, "progress");
    if (number_at(progress, "waiting") == 0) return "sent";
    return number_at(progress, "waiting") == number_at(progress, "asked") ? "planned" : "sending";
}

void print_planned(const value& planned) {
    const value& progress = at(planned, "progress");
    const std::string asked = people(number_at(progress, "asked"));
    if (flag_at(planned, "repeated"))
        std::cout << "This campaign was there already: " << text_at(planned, "id")
                  << ". Nothing more is sent.\n";
    else if (flag_at(planned, "dry_run"))
        std::cout << asked << " would be asked; nothing was sent.\n";
    else
        std::cout << asked << (number_at(progress, "asked") == 1 ? " is" : " are") << " asked, from "
                  << when(at(planned, "at")) << " on.\nNext: candour campaign show " << text_at(planned, "id")
                  << "\n";
    print_left_out(planned);
}

void print_campaign(const value& campaign) {
    const value& progress = at(campaign, "progress");
    std::cout << text_at(campaign, "id") << ", " << state_of_campaign(campaign) << "\n"
              << "  " << text_at(campaign, "plugin") << " (" << text_at(campaign, "about") << "), from "
              << when(at(campaign, "at")) << " on, by " << on_one_line(text_at(campaign, "created_by"))
              << "\n"
              << "  asked whom: " << boost::json::serialize(at(campaign, "audience")) << "\n\n";
    Table table({"WHAT", "HOW MANY"});
    constexpr std::pair<const char*, const char*> lines[] = {
        {"asked", "asked"},
        {"waiting to leave", "waiting"},
        {"sent", "sent"},
        {"bounced", "bounced"},
        {"undelivered", "undelivered"},
        {"withheld", "withheld"},
        {"cancelled", "cancelled"},
        {"answered", "answered"},
        {"opened, not answered (provisional)", "provisional"},
        {"left out", "left_out"}};
    for (const auto& [words, key] : lines) table.row({words, std::to_string(number_at(progress, key))});
    table.print();
    print_left_out(campaign);
}

}  // namespace candour::app::cli
