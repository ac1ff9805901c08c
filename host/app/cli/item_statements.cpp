#include <boost/json.hpp>

#include "app/cli/item_steps.hpp"

namespace candour::app::cli {
namespace {

void add_hear(CLI::App& item, Line& line) {
    CLI::App& command = add(
        item,
        {"hear", "say what you heard, in your own words",
         "The customer reads it on their page and by mail, and can correct you. It is not an answer yet:\n"
         "it proves that somebody listened.",
         "candour item hear LP-12 --text \"Exports time out since the August update, and it costs you an "
         "hour a week.\"\n"
         "candour item hear LP-12 --text @heard.txt --no-mail"});
    struct Options {
        Aim aim;
        std::string text;
        bool no_mail = false;
    };
    auto options = std::make_shared<Options>();
    take_aim(command, options->aim);
    add_words(command, "--text", options->text, "what was heard; @FILE reads a file, - standard input")
        ->required();
    command.add_flag("--no-mail", options->no_mail, "only on their page");
    run_by(command, line, [&line, options] {
        return step(line, options->aim, "hear", {{"text", options->text}, {"mail", !options->no_mail}});
    });
}

struct Decision {
    Aim aim;
    std::string text, why, trade_off, decided_by, by;
    bool change = false, no_change = false;
};

int decide(const Line& line, const Decision& decision) {
    if (decision.change == decision.no_change)
        return fail_usage(
            "expected --change or --no-change: will something change? \"candour item decide --help\" shows "
            "both");
    if (decision.change && decision.by.empty())
        return fail_usage(
            "--by: expected the date until which the change is promised, such as --by 2027-03-31");
    if (decision.no_change && decision.why.empty())
        return fail_usage("--why: expected the reason; it is what the customer is told when nothing changes");
    boost::json::object body{{"will_change", decision.change}, {"text", decision.text}};
    const std::pair<const char*, const std::string*> rest[] = {{"why", &decision.why},
                                                               {"trade_off", &decision.trade_off},
                                                               {"decided_by", &decision.decided_by},
                                                               {"by", &decision.by}};
    for (const auto& [name, value] : rest)
        if (!value->empty()) body[name] = *value;
    return step(line, decision.aim, "decide", std::move(body));
}

void add_decide(CLI::App& item, Line& line) {
    CLI::App& command =
        add(item, {"decide", "say what was decided, and why",
                   "--change makes a promise with a date: kept, late or broken, and everybody sees which.\n"
                   "--no-change is an answer too: the customer is told why.",
                   "candour item decide LP-12 --change --text \"We rebuild the export.\" --why \"It fails "
                   "every tenth time.\" --by 2027-03-31\n"
                   "candour item decide LP-13 --no-change --text \"We keep one login per person.\" --why "
                   "\"Shared logins would end our audit trail.\""});
    auto decision = std::make_shared<Decision>();
    take_aim(command, decision->aim);
    auto* yes = command.add_flag("--change", decision->change, "something will change; needs --by");
    command.add_flag("--no-change", decision->no_change, "nothing will change; needs --why")->excludes(yes);
    add_words(command, "--text", decision->text, "what was decided; @FILE reads a file, - standard input")
        ->required();
    add_words(command, "--why", decision->why, "the reason, as the customer reads it");
    add_words(command, "--trade-off", decision->trade_off, "what it costs, or what is not done for it");
    command.add_option("--by", decision->by, "until when the change is promised")->type_name("YYYY-MM-DD");
    command
        .add_option("--decided-by", decision->decided_by,
                    "the name that the customer reads; yours when left out")
        ->type_name("NAME");
    run_by(command, line, [&line, decision] { return decide(line, *decision); });
}

void add_change(CLI::App& item, Line& line) {
    CLI::App& command = add(item, {"change", "say what changed",
                                   "Recorded by the promised date the promise is kept, afterwards it is "
                                   "late. The customer does not know\n"
                                   "yet: that is what tell is for.",
                                   "candour item change LP-12 --text \"Exports now run in the background.\" "
                                   "--link https://example.com/news/exports"});
    struct Options {
        Aim aim;
        std::string text, link;
    };
    auto options = std::make_shared<Options>();
    take_aim(command, options->aim);
    add_words(command, "--text", options->text, "what changed; @FILE reads a file, - standard input")
        ->required();
    command.add_option("--link", options->link, "where it can be seen")->type_name("URL");
    run_by(command, line, [&line, options] {
        boost::json::object body{{"text", options->text}};
        if (!options->link.empty()) body["link"] = options->link;
        return step(line, options->aim, "change", std::move(body));
    });
}

}  // namespace

void add_statements(CLI::App& item, Line& line) {
    add_hear(item, line);
    add_decide(item, line);
    add_change(item, line);
}

}  // namespace candour::app::cli
