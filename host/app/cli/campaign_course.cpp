#include "app/cli/campaign_course.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <iostream>

#include "app/cli/output.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

using boost::json::value;

struct CourseOptions {
    std::string campaign, about, words, not_after;
};

std::string course_target(const std::string& id) {
    return "/api/v1/campaigns/" + http::percent_encode(id);
}

/// What --words says: a document, a file that holds one, or - for standard input.
Result<value> words_document(const std::string& argument) {
    const Result<std::string> text =
        argument.starts_with('{') ? Result<std::string>(argument) : read_file(argument);
    if (!text) return text.error();
    boost::system::error_code bad;
    value document = boost::json::parse(*text, bad);
    if (bad) return Error{ErrorCode::invalid, "--words: expected JSON, found: " + bad.message()};
    return document;
}

/// What pause, resume and change answer.
int print_standing(const Line& line, const value& campaign) {
    if (line.shared.json) {
        print_json(campaign);
        return kOk;
    }
    const value& progress = at(campaign, "progress");
    std::cout << text_at(campaign, "id") << " is " << state_of_campaign(campaign) << ": "
              << number_at(progress, "sent") << " sent, " << number_at(progress, "waiting") << " waiting.\n";
    return kOk;
}

int step_campaign(const Line& line, const std::string& campaign, const std::string& step) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> document = api.post(course_target(campaign) + "/" + step, boost::json::object());
        if (!document) return document.error();
        return print_standing(line, *document);
    });
}

int change_campaign(const Line& line, const CourseOptions& options) {
    boost::json::object body;
    if (!options.about.empty()) body["about"] = options.about;
    if (!options.not_after.empty()) body["not_after"] = options.not_after;
    if (!options.words.empty()) {
        const Result<value> words = words_document(options.words);
        if (!words) return fail(words.error());
        body["words"] = *words;
    }
    if (body.empty())
        return fail_usage("expected --words, --about or --not-after: nothing is changed without one");
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> document = api.post(course_target(options.campaign) + "/change", body);
        if (!document) return document.error();
        return print_standing(line, *document);
    });
}

int reconcile_sending(const Line& line, bool send_again) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const boost::json::object body{{"send_again", send_again}};
        const Result<value> document = api.post("/api/v1/sending/reconcile", body);
        if (!document) return document.error();
        if (line.shared.json)
            print_json(*document);
        else
            std::cout << "Mails leave again. " << number_at(*document, "given_up")
                      << " invitations that may have left before are unknown and stay so.\n";
        return int{kOk};
    });
}

void add_reconcile(CLI::App& campaigns, Line& line) {
    auto send_again = std::make_shared<bool>(false);
    CLI::App& command = add(
        campaigns,
        {"reconcile", "go on sending after a database was restored",
         "A restored database does not know what was sent since its backup: the host notices, and no mail "
         "leaves.\nInvitations that were due before the last mail left may have arrived: they become unknown "
         "and are not sent again,\nunless you say so. What customers are owed goes out once more, with the "
         "same Message-ID.",
         "candour campaign reconcile\ncandour campaign reconcile --send-again"});
    command.add_flag("--send-again", *send_again,
                     "invitations in doubt are sent, though some may come twice");
    run_by(command, line, [&line, send_again] { return reconcile_sending(line, *send_again); });
}

void add_change(CLI::App& campaigns, Line& line, const std::shared_ptr<CourseOptions>& options) {
    CLI::App& change = add(
        campaigns,
        {"change", "other words for what has not left yet",
         "Words are written when a mail is due: a change reaches everybody who was not written to yet, also "
         "while mails are going out.\n"
         "Texts may hold {{contact}}, {{account}} and {{organisation}}. The question itself never changes: "
         "figures compare answers to the same words.",
         "candour campaign change cmp_01arz3ndektsv4rrffq69g5fav --words words.json\n"
         "candour campaign change cmp_01arz3ndektsv4rrffq69g5fav --not-after 2027-01-15T17:00:00Z"});
    change.add_option("CAMPAIGN", options->campaign, "cmp_…")->required();
    change
        .add_option("--words", options->words,
                    R"({"invitation": {"en": {"subject": "…", "text": "…"}}}, or a file)")
        ->type_name("JSON|FILE");
    change.add_option("--about", options->about, "another version of the question")->type_name("TEXT");
    change.add_option("--not-after", options->not_after, "what has not left by then stays here")
        ->type_name("TIME");
    run_by(change, line, [&line, options] { return change_campaign(line, *options); });
}

}  // namespace

Result<std::int64_t> seconds_in(const std::string& option, const std::string& text) {
    std::int64_t number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    constexpr std::pair<std::string_view, std::int64_t> units[] = {
        {"d", 86'400}, {"h", 3'600}, {"m", 60}, {"s", 1}};
    for (const auto& [name, seconds] : units)
        if (ec == std::errc() && unit == name && number >= 0 && number < 1'000'000) return number * seconds;
    return Error{ErrorCode::invalid,
                 option + ": expected a time such as 5d, 36h or 90m; found \"" + text + "\""};
}

void add_survey_option(CLI::App& command, Asking& asking) {
    command
        .add_option("--survey", asking.survey,
                    "which survey the plugin surveys sends; candour survey list shows them")
        ->type_name("ID");
}

void add_course_options(CLI::App& command, Asking& asking) {
    command.add_option("--not-after", asking.not_after, "what has not left by then stays here")
        ->type_name("TIME");
    command.add_option("--over", asking.over, "spread the mails over so long, such as 5d")->type_name("TIME");
    command.add_option("--remind", asking.reminders, "days after the mail before, such as 7,14; up to five")
        ->type_name("DAYS")
        ->delimiter(',');
    command
        .add_option(
            "--words", asking.words,
            R"(own texts: {"invitation": {"en": {"subject": "…", "text": "…"}}, "reminder_1": …}, or a file)")
        ->type_name("JSON|FILE");
}

Done add_course(const Asking& asking, boost::json::object& body) {
    if (!asking.survey.empty()) body["survey"] = asking.survey;
    if (!asking.not_after.empty()) body["not_after"] = asking.not_after;
    if (!asking.over.empty()) {
        const Result<std::int64_t> seconds = seconds_in("--over", asking.over);
        if (!seconds) return seconds.error();
        body["over_seconds"] = *seconds;
    }
    if (!asking.reminders.empty())
        body["reminders"] = boost::json::array(asking.reminders.begin(), asking.reminders.end());
    if (asking.words.empty()) return done();
    const Result<value> words = words_document(asking.words);
    if (!words) return words.error();
    body["words"] = *words;
    return done();
}

void add_campaign_course(CLI::App& campaigns, Line& line) {
    auto options = std::make_shared<CourseOptions>();
    constexpr Lesson lessons[] = {
        {"pause", "send nothing more for now",
         "From the moment this returns nothing more leaves; what was handed over stays sent, and its links "
         "go on "
         "working.",
         "candour campaign pause cmp_01arz3ndektsv4rrffq69g5fav"},
        {"resume", "go on where a pause stopped",
         "Nobody is written to twice: who got the mail before the pause keeps it, the others get it now.",
         "candour campaign resume cmp_01arz3ndektsv4rrffq69g5fav"}};
    for (const Lesson& lesson : lessons) {
        CLI::App& command = add(campaigns, lesson);
        command.add_option("CAMPAIGN", options->campaign, "cmp_…")->required();
        run_by(command, line, [&line, options, step = std::string(lesson.name)] {
            return step_campaign(line, options->campaign, step);
        });
    }
    add_change(campaigns, line, options);
    add_reconcile(campaigns, line);
}

}  // namespace candour::app::cli
