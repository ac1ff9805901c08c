#include <boost/json.hpp>

#include "app/cli/item_steps.hpp"
#include "app/cli/statement_options.hpp"

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
    DecisionWords words;
};

int decide(const Line& line, const Decision& decision) {
    Result<boost::json::object> body = body_of(decision.words);
    if (!body) return fail_usage(body.error().message);
    return step(line, decision.aim, "decide", std::move(*body));
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
    add_decision_options(command, decision->words);
    run_by(command, line, [&line, decision] { return decide(line, *decision); });
}

void add_change(CLI::App& item, Line& line) {
    CLI::App& command = add(item, {"change", "say what changed",
                                   "Recorded by the promised date the promise is kept, afterwards it is "
                                   "late. The customer does not know\n"
                                   "yet: that is what tell is for. When the fault was ours, three texts "
                                   "more are owed: --went-wrong,\n--learned and --prevention.",
                                   "candour item change LP-12 --text \"Exports now run in the background.\" "
                                   "--link https://example.com/news/exports"});
    struct Options {
        Aim aim;
        ChangeWords words;
    };
    auto options = std::make_shared<Options>();
    take_aim(command, options->aim);
    add_change_options(command, options->words);
    run_by(command, line,
           [&line, options] { return step(line, options->aim, "change", body_of(options->words)); });
}

}  // namespace

void add_statements(CLI::App& item, Line& line) {
    add_hear(item, line);
    add_decide(item, line);
    add_change(item, line);
}

}  // namespace candour::app::cli
