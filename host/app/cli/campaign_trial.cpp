#include "app/cli/campaign_trial.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/campaign_course.hpp"
#include "app/cli/output.hpp"

namespace candour::app::cli {
namespace {

using boost::json::value;

struct TrialOptions {
    Asking asking;  ///< plugin, words
    std::string about, contact, to, language;
    int reminder = 0;
    bool html = false;
};

Result<boost::json::object> trial_body(const TrialOptions& options) {
    boost::json::object body{{"plugin", options.asking.plugin}, {"reminder", options.reminder}};
    if (!options.about.empty()) body["about"] = options.about;
    if (Done read = add_course(options.asking, body); !read) return read.error();
    return body;
}

int preview_campaign(const Line& line, const TrialOptions& options) {
    Result<boost::json::object> body = trial_body(options);
    if (!body) return fail(body.error());
    (*body)["contact"] = options.contact;
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> mail = api.post("/api/v1/campaigns/preview", *body);
        if (!mail) return mail.error();
        if (line.shared.json)
            print_json(*mail);
        else if (options.html)
            std::cout << text_at(*mail, "html") << "\n";
        else
            std::cout << "To: " << on_one_line(text_at(*mail, "to"))
                      << "\nSubject: " << on_one_line(text_at(*mail, "subject")) << "\n\n"
                      << printable(text_at(*mail, "text")) << "\n";
        return int{kOk};
    });
}

int test_campaign(const Line& line, const TrialOptions& options) {
    Result<boost::json::object> body = trial_body(options);
    if (!body) return fail(body.error());
    (*body)["to"] = options.to;
    if (!options.language.empty()) (*body)["language"] = options.language;
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> sent = api.post("/api/v1/campaigns/test", *body);
        if (!sent) return sent.error();
        if (line.shared.json)
            print_json(*sent);
        else
            std::cout << "A test is on its way to " << on_one_line(text_at(*sent, "to"))
                      << "; it counts nowhere, and its numbers lead nowhere.\n";
        return int{kOk};
    });
}

void add_trial_options(CLI::App& command, const std::shared_ptr<TrialOptions>& options) {
    command
        .add_option("PLUGIN", options->asking.plugin, "such as relationship_nps, or surveys with --survey")
        ->required();
    add_survey_option(command, options->asking);
    command.add_option("--about", options->about, "which of its questions; without it, the current one")
        ->type_name("TEXT");
    command.add_option("--reminder", options->reminder, "0 the invitation, 1 to 5 its reminders")
        ->type_name("NUMBER");
    command.add_option("--words", options->asking.words, "own texts, as campaign send has them")
        ->type_name("JSON|FILE");
}

}  // namespace

void add_campaign_trials(CLI::App& campaigns, Line& line) {
    auto options = std::make_shared<TrialOptions>();
    CLI::App& preview =
        add(campaigns, {"preview", "a mail as one contact would see it",
                        "The mail itself, in their language; nothing is sent, and its links lead nowhere.",
                        "candour campaign preview relationship_nps --contact ada@example.org\n"
                        "candour campaign preview relationship_nps --contact ada@example.org --reminder 1 "
                        "--html > mail.html\n"
                        "candour campaign preview surveys --survey autumn --contact ada@example.org"});
    add_trial_options(preview, options);
    preview.add_option("--contact", options->contact, "an address, or con_…")
        ->required()
        ->type_name("ID_OR_ADDRESS");
    preview.add_flag("--html", options->html, "what mail programs show, instead of the text");
    run_by(preview, line, [&line, options] { return preview_campaign(line, *options); });

    CLI::App& test =
        add(campaigns, {"test", "send a test to one of us",
                        "Only teammates get tests. The mail is marked and counts nowhere: not as sent, "
                        "not as asked.",
                        "candour campaign test relationship_nps --to me@example.com --language de"});
    add_trial_options(test, options);
    test.add_option("--to", options->to, "the address of a teammate")->required()->type_name("ADDRESS");
    test.add_option("--language", options->language, "without it, the house's")->type_name("LANGUAGE");
    run_by(test, line, [&line, options] { return test_campaign(line, *options); });
}

}  // namespace candour::app::cli
