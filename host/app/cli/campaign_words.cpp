#include "app/cli/campaign_words.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/campaign_audience.hpp"
#include "app/cli/campaign_course.hpp"
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
    if (reason == "muted") return "wants no more of this question";
    if (reason == "not_sampled") return "the sample fell on others";
    if (reason == "resting") return "was asked not long ago";
    if (reason == "duplicate") return "is asked at another account";
    return reason;
}

std::string people(std::int64_t count) {
    return count == 1 ? "1 person" : std::to_string(count) + " people";
}

/// What is known of its speed and its end; nothing when nothing moves.
void print_course(const value& campaign) {
    const value& planning = at(campaign, "planning");
    if (planning.is_object())
        std::cout << "  planning: " << number_at(planning, "looked_at") << " of " << number_at(planning, "of")
                  << " contacts looked at\n";
    const value& outlook = at(campaign, "outlook");
    const value& rate = at(outlook, "per_minute");
    const double per_minute = rate.is_double() ? rate.get_double() : 0;
    if (per_minute > 0)
        std::cout << "  " << static_cast<std::int64_t>(per_minute + 0.5)
                  << " a minute in the last five minutes\n";
    if (!when(at(outlook, "ends_at")).empty())
        std::cout << "  all will have left at " << when(at(outlook, "ends_at")) << "\n";
    if (!when(at(campaign, "not_after")).empty())
        std::cout << "  what has not left by " << when(at(campaign, "not_after")) << " stays here\n";
    if (!list_at(campaign, "reminders").empty())
        std::cout << "  reminders after " << boost::json::serialize(at(campaign, "reminders")) << " days\n";
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

Result<boost::json::object> campaign_body(const Asking& asking) {
    Result<boost::json::object> audience = audience_body(asking);
    if (!audience) return audience.error();
    boost::json::object body{{"plugin", asking.plugin}, {"audience", std::move(*audience)}};
    if (Done course = add_course(asking, body); !course) return course.error();
    if (!asking.at.empty()) body["at"] = asking.at;
    if (!asking.key.empty()) body["key"] = asking.key;
    return body;
}

Result<value> ask_for_campaign(const Api& api, const Asking& asking) {
    Result<boost::json::object> body = campaign_body(asking);
    if (!body) return body.error();
    (*body)["dry_run"] = asking.dry_run;
    return api.post("/api/v1/campaigns", *body);
}

std::string state_of_campaign(const value& campaign) {
    return text_at(campaign, "state");
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
              << "  asked whom: " << boost::json::serialize(at(campaign, "audience")) << "\n";
    print_course(campaign);
    std::cout << "\n";
    Table table({"WHAT", "HOW MANY"});
    constexpr std::pair<const char*, const char*> lines[] = {
        {"asked", "asked"},
        {"waiting to leave", "waiting"},
        {"of these tried before (deferred)", "deferred"},
        {"sent", "sent"},
        {"bounced", "bounced"},
        {"undelivered", "undelivered"},
        {"of these unknown: may have arrived", "unknown"},
        {"withheld", "withheld"},
        {"cancelled", "cancelled"},
        {"reminders sent", "reminded"},
        {"answered", "answered"},
        {"opened, not answered (provisional)", "provisional"},
        {"left out", "left_out"}};
    for (const auto& [words, key] : lines) table.row({words, std::to_string(number_at(progress, key))});
    table.print();
    print_left_out(campaign);
}

}  // namespace candour::app::cli
