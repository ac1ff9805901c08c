#include <boost/json.hpp>
#include <iostream>
#include <thread>

#include "app/cli/campaign_audience.hpp"
#include "app/cli/campaign_course.hpp"
#include "app/cli/campaign_explain.hpp"
#include "app/cli/campaign_schedule.hpp"
#include "app/cli/campaign_trial.hpp"
#include "app/cli/campaign_words.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

using boost::json::value;

struct CampaignOptions {
    Asking asking;
    std::string campaign;
    bool follow = false;
};

std::string campaign_target(const std::string& id) {
    return "/api/v1/campaigns/" + http::percent_encode(id);
}

int send_campaign(const Line& line, const CampaignOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> planned = ask_for_campaign(api, options.asking);
        if (!planned) return planned.error();
        if (line.shared.json)
            print_json(*planned);
        else
            print_planned(*planned);
        return int{kOk};
    });
}

int list_campaigns(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> document = api.get("/api/v1/campaigns");
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        Table table({"CAMPAIGN", "AT", "ASKED", "SENT", "ANSWERED", "BOUNCED", "LEFT OUT", "STATE"});
        for (const value& one : list_at(*document, "campaigns")) {
            const value& progress = at(one, "progress");
            const auto count = [&](const char* key) { return std::to_string(number_at(progress, key)); };
            table.row({text_at(one, "id"), when(at(one, "at")), count("asked"), count("sent"),
                       count("answered"), count("bounced"), count("left_out"), state_of_campaign(one)});
        }
        if (table.empty())
            std::cout << "Nobody was asked yet: candour campaign send --help\n";
        else
            table.print();
        return int{kOk};
    });
}

bool is_over(const value& campaign) {
    const std::string state = state_of_campaign(campaign);
    return state == "sent" || state == "cancelled";
}

void print_progress_line(const value& campaign) {
    const value& progress = at(campaign, "progress");
    const auto count = [&](const char* key) { return std::to_string(number_at(progress, key)); };
    std::cout << state_of_campaign(campaign) << ": " << count("sent") << " sent of " << count("asked") << ", "
              << count("deferred") << " deferred, " << count("bounced") << " bounced, " << count("answered")
              << " answered, " << count("provisional") << " provisional" << std::endl;
}

/// A line each time that something changed, until everything has left.
Result<int> follow_campaign(const Line& line, const Api& api, const std::string& campaign) {
    std::string before;
    for (;;) {
        const Result<value> document = api.get(campaign_target(campaign));
        if (!document) return document.error();
        const std::string now =
            boost::json::serialize(at(*document, "progress")) + state_of_campaign(*document);
        if (now != before && line.shared.json) print_json(*document);
        if (now != before && !line.shared.json) print_progress_line(*document);
        if (is_over(*document)) return int{kOk};
        before = now;
        std::this_thread::sleep_for(std::chrono::seconds(2));  // allowed: mails leave meanwhile
    }
}

int show_campaign(const Line& line, const CampaignOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        if (options.follow) return follow_campaign(line, api, options.campaign);
        const Result<value> document = api.get(campaign_target(options.campaign));
        if (!document) return document.error();
        if (line.shared.json)
            print_json(*document);
        else
            print_campaign(*document);
        return int{kOk};
    });
}

int cancel_campaign(const Line& line, const std::string& campaign) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> document = api.post(campaign_target(campaign) + "/cancel", boost::json::object());
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        const value& progress = at(*document, "progress");
        std::cout << "Cancelled: " << number_at(progress, "cancelled") << " mails will not be sent; "
                  << number_at(progress, "sent") << " had left already.\n";
        return int{kOk};
    });
}

void add_send(CLI::App& campaigns, Line& line, const std::shared_ptr<CampaignOptions>& options) {
    CLI::App& command =
        add(campaigns,
            {"send", "ask people by mail",
             "PLUGIN is whose question is asked; candour plugin list shows those with the role campaign.\n"
             "surveys sends the survey that --survey names: one of your own (candour survey add, or the "
             "editor), in its newest version.\n"
             "Name whom to ask:\n"
             "each list narrows the others down, and --all asks everybody. Left out, each with a "
             "reason, are people who have\n"
             "left, have no address, were asked within the last 90 days, want no such mail, or whose "
             "address bounced.\n"
             "Where a calendar is set, everybody gets their mail in their account's hours on the clock "
             "of their own zone.\n"
             "Sending the same --key again sends nothing: it shows what came of it the first time.",
             "candour campaign send relationship_nps --segment reliable --level executive --dry-run\n"
             "candour campaign send relationship_nps --all --at 2027-01-11T08:00:00Z\n"
             "candour campaign send surveys --survey autumn --segment reliable --remind 7"});
    Asking& asking = options->asking;
    command.add_option("PLUGIN", asking.plugin, "such as relationship_nps, or surveys with --survey")
        ->required();
    add_survey_option(command, asking);
    add_audience_options(command, asking);
    command.add_option("--at", asking.at, "not before this time; without it: now")->type_name("TIME");
    add_course_options(command, asking);
    command.add_option("--key", asking.key, "the same key is the same campaign")->type_name("TEXT");
    command.add_flag("--dry-run", asking.dry_run, "show who would be asked and who not; send nothing");
    run_by(command, line, [&line, options] { return send_campaign(line, *options); });
}

}  // namespace

void add_campaigns(CLI::App& root, Line& line) {
    CLI::App& campaigns =
        add(root, {"campaign", "ask many people, and see how far it is",
                   "The host chooses whom to ask, writes in each reader's language, sends each mail once, "
                   "and leaves people in\n"
                   "peace for 90 days. Fetching a link counts as nothing: only an answer that is sent does.",
                   "candour campaign send relationship_nps --all --dry-run\ncandour campaign list"});
    campaigns.group(kPeopleGroup)->require_subcommand(1);
    auto options = std::make_shared<CampaignOptions>();
    add_send(campaigns, line, options);
    add_campaign_explain(campaigns, line);
    add_campaign_course(campaigns, line);
    add_campaign_schedules(campaigns, line);
    add_campaign_trials(campaigns, line);

    CLI::App& all =
        add(campaigns, {"list", "all campaigns, newest first",
                        "ANSWERED counts answers that somebody sent; opened links count as nothing.",
                        "candour campaign list"});
    run_by(all, line, [&line] { return list_campaigns(line); });

    CLI::App& one =
        add(campaigns, {"show", "how far a campaign is, and who was left out",
                        "Provisional are links that somebody or something fetched without sending an answer.",
                        "candour campaign show cmp_01arz3ndektsv4rrffq69g5fav"});
    one.add_option("CAMPAIGN", options->campaign, "cmp_…")->required();
    one.add_flag("--follow", options->follow, "a line whenever something changed, until everything has left");
    run_by(one, line, [&line, options] { return show_campaign(line, *options); });

    CLI::App& stop = add(campaigns, {"cancel", "stop what has not left yet",
                                     "Mails that were handed over stay sent, and their links go on working.",
                                     "candour campaign cancel cmp_01arz3ndektsv4rrffq69g5fav"});
    stop.add_option("CAMPAIGN", options->campaign, "cmp_…")->required();
    run_by(stop, line, [&line, options] { return cancel_campaign(line, options->campaign); });
}

}  // namespace candour::app::cli
