#include "app/cli/campaign_schedule.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/campaign_audience.hpp"
#include "app/cli/campaign_course.hpp"
#include "app/cli/output.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

using boost::json::value;

constexpr const char* kSchedules = "/api/v1/campaign-schedules";

struct ScheduleOptions {
    Asking asking;
    std::string rule, zone, not_after = "3d", schedule;
    bool by_cadence = false;
};

Result<boost::json::object> schedule_body(const ScheduleOptions& options) {
    Asking course = options.asking;
    course.not_after.clear();
    boost::json::object body{{"plugin", options.asking.plugin},
                             {"rule", options.rule},
                             {"at", options.asking.at},
                             {"by_cadence", options.by_cadence},
                             {"dry_run", options.asking.dry_run}};
    Result<boost::json::object> audience = audience_body(options.asking);
    if (!audience) return audience.error();
    body["audience"] = std::move(*audience);
    if (!options.zone.empty()) body["zone"] = options.zone;
    const Result<std::int64_t> late = seconds_in("--not-after", options.not_after);
    if (!late) return late.error();
    body["not_after_seconds"] = *late;
    if (Done read = add_course(course, body); !read) return read.error();
    return body;
}

void print_next(const value& schedule) {
    for (const value& at : list_at(schedule, "next")) std::cout << "  next " << when(at) << "\n";
}

int add_schedule(const Line& line, const ScheduleOptions& options) {
    const Result<boost::json::object> body = schedule_body(options);
    if (!body) return fail(body.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> schedule = api.post(kSchedules, *body);
        if (!schedule) return schedule.error();
        if (line.shared.json) {
            print_json(*schedule);
            return int{kOk};
        }
        if (options.asking.dry_run)
            std::cout << "Nothing was made. It would come round (UTC):\n";
        else
            std::cout << text_at(*schedule, "id") << " comes round (UTC):\n";
        print_next(*schedule);
        return int{kOk};
    });
}

int list_schedules(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> document = api.get(kSchedules);
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        Table table({"SCHEDULE", "PLUGIN", "RULE", "AT", "ZONE", "STATE", "WAVES", "MISSED", "NEXT (UTC)"});
        for (const value& one : list_at(*document, "schedules")) {
            const boost::json::array& next = list_at(one, "next");
            table.row({text_at(one, "id"), text_at(one, "plugin"), text_at(one, "rule"), text_at(one, "at"),
                       text_at(one, "zone"), text_at(one, "state"), std::to_string(number_at(one, "waves")),
                       std::to_string(number_at(one, "missed")), next.empty() ? "" : when(next.front())});
        }
        if (table.empty())
            std::cout << "Nothing comes round: candour campaign schedule --help\n";
        else
            table.print();
        return int{kOk};
    });
}

int step_schedule(const Line& line, const std::string& schedule, const std::string& step) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> document =
            api.post(std::string(kSchedules) + "/" + http::percent_encode(schedule) + "/" + step,
                     boost::json::object());
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        std::cout << text_at(*document, "id") << " is " << text_at(*document, "state") << ".\n";
        print_next(*document);
        return int{kOk};
    });
}

void add_schedule_command(CLI::App& campaigns, Line& line, const std::shared_ptr<ScheduleOptions>& options) {
    CLI::App& command =
        add(campaigns,
            {"schedule", "ask again and again",
             "The days come from a recurrence rule (RFC 5545), the time is the clock on the wall in --zone. "
             "Each time a "
             "campaign of its own\n"
             "begins. When nobody ran at that time it begins late, within --not-after, never after it and "
             "never twice.\n"
             "With --by-cadence nobody is asked sooner than their segment allows: co-creators and "
             "opportunities every half "
             "year,\n"
             "everybody else once a year; a weekly rule then asks each person when their time has come.",
             "candour campaign schedule relationship_nps --all --rrule 'FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU' "
             "--at 09:00 --zone "
             "Europe/Berlin --dry-run\n"
             "candour campaign schedule relationship_nps --all --rrule 'FREQ=WEEKLY;BYDAY=TU' --at 09:00 "
             "--by-cadence "
             "--remind 7"});
    Asking& asking = options->asking;
    command.add_option("PLUGIN", asking.plugin, "such as relationship_nps, or surveys with --survey")
        ->required();
    add_survey_option(command, asking);
    command.add_option("--rrule", options->rule, "on which days")->required()->type_name("RULE");
    command.add_option("--at", asking.at, "at which time of these days")->required()->type_name("HH:MM");
    command.add_option("--zone", options->zone, "on whose clock; without it, the organisation's")
        ->type_name("ZONE");
    command.add_option("--not-after", options->not_after, "how much late it may be; without it, 3d")
        ->type_name("TIME");
    command.add_option("--over", asking.over, "spread the mails over so long, such as 2d")->type_name("TIME");
    command.add_option("--remind", asking.reminders, "days after the mail before, such as 7,14; up to five")
        ->type_name("DAYS")
        ->delimiter(',');
    command.add_option("--words", asking.words, "own texts, as campaign send has them")
        ->type_name("JSON|FILE");
    command.add_flag("--by-cadence", options->by_cadence, "as often as each segment's cadence says");
    add_audience_options(command, asking);
    command.add_flag("--dry-run", asking.dry_run, "show when it would come round; make nothing");
    run_by(command, line, [&line, options] { return add_schedule(line, *options); });
}

}  // namespace

void add_campaign_schedules(CLI::App& campaigns, Line& line) {
    auto options = std::make_shared<ScheduleOptions>();
    add_schedule_command(campaigns, line, options);
    CLI::App& all = add(
        campaigns, {"schedules", "what comes round, and when next",
                    "A calendar program shows the same: subscribe to /calendar/TOKEN/campaigns.ics, where "
                    "TOKEN may only read\n(candour token create --scope read).",
                    "candour campaign schedules"});
    run_by(all, line, [&line] { return list_schedules(line); });
    struct Way {
        Lesson lesson;
        const char* step;
    };
    constexpr Way ways[] = {
        {{"rest", "let a schedule rest", "What comes round meanwhile is left out and not made up for.",
          "candour campaign rest sch_01arz3ndektsv4rrffq69g5fav"},
         "pause"},
        {{"wake", "let it come round again", "From the next time on.",
          "candour campaign wake sch_01arz3ndektsv4rrffq69g5fav"},
         "resume"},
        {{"unschedule", "end a schedule for good", "Campaigns that began go on; campaign cancel stops them.",
          "candour campaign unschedule sch_01arz3ndektsv4rrffq69g5fav"},
         "end"}};
    for (const Way& way : ways) {
        CLI::App& command = add(campaigns, way.lesson);
        command.add_option("SCHEDULE", options->schedule, "sch_…")->required();
        run_by(command, line, [&line, options, step = std::string(way.step)] {
            return step_schedule(line, options->schedule, step);
        });
    }
}

}  // namespace candour::app::cli
