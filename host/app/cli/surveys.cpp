#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "app/cli/survey_definitions.hpp"
#include "app/cli/survey_results.hpp"
#include "edge/http/encoding.hpp"
#include "edge/http/qr_code.hpp"

namespace candour::app::cli {
namespace {

struct SurveyOptions {
    std::string survey, contact, message;
    bool as_code = false;
};

int link(const Line& line, const SurveyOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> made = api.post(survey_target(options.survey) + "/links",
                                                         boost::json::object{{"contact", options.contact}});
        if (!made) return made.error();
        if (line.shared.json) {
            print_json(*made);
        } else {
            const std::string url = text_at(*made, "url");
            const Result<std::string> shown = options.as_code ? http::qr_svg(url) : url + "\n";
            if (!shown) return shown.error();
            std::cout << *shown;
            std::cerr << "It belongs to this contact alone. To take it back: candour link revoke "
                      << text_at(*made, "message") << "\n";
        }
        return int{kOk};
    });
}

/// Where customers reach the host, when a configuration says so; else where we reached it.
std::string public_url(const Shared& shared, const Api& api) {
    const Result<std::filesystem::path> file =
        shared.url.empty() ? find_config(shared) : Result<std::filesystem::path>(Error{});
    if (!file) return api.url();
    const ReadConfig read = read_config(*file);
    return read.config.policies.public_url == read.config.own_url() ? api.url()
                                                                    : read.config.policies.public_url;
}

int open_link(const Line& line, const std::string& survey) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> document = api.get(survey_target(survey));
        if (!document) return document.error();
        const std::string url = public_url(line.shared, api) + "/c/surveys/" + http::percent_encode(survey);
        if (line.shared.json)
            print_json(boost::json::object{{"url", url}});
        else
            std::cout << url << "\n";
        return int{kOk};
    });
}

int revoke_link(const Line& line, const std::string& message) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> done =
            api.post("/api/v1/links/" + http::percent_encode(message) + "/revoke", boost::json::object());
        if (!done) return done.error();
        if (line.shared.json)
            print_json(boost::json::object{{"message", message}, {"revoked", true}});
        else
            std::cout << "The link of " << message << " no longer works.\n";
        return int{kOk};
    });
}

CLI::App& add_with_survey(CLI::App& parent, const Lesson& lesson, std::string& survey) {
    CLI::App& command = add(parent, lesson);
    command.add_option("SURVEY", survey, "its id; candour survey list shows them")->required();
    return command;
}

void add_links_of(CLI::App& survey, Line& line, const std::shared_ptr<SurveyOptions>& options) {
    CLI::App& personal = add_with_survey(survey,
                                         {"link", "make a personal link for one contact",
                                          "Prints the link; send it by whatever way you talk to them. "
                                          "Opening it changes nothing, so mail scanners\n"
                                          "may open it as well. It works for 180 days.",
                                          "candour survey link autumn --contact ada@otter.example\n"
                                          "candour survey link autumn --contact ada@otter.example --qr > "
                                          "ada.svg"},
                                         options->survey);
    personal.add_option("--contact", options->contact, "con_…, or an address that only one contact has")
        ->required()
        ->type_name("ID_OR_ADDRESS");
    personal.add_flag("--qr", options->as_code,
                      "the link as a QR code, an SVG picture: for a letter, or a badge");
    run_by(personal, line, [&line, options] { return link(line, *options); });

    CLI::App& open =
        add_with_survey(survey,
                        {"open-link", "the link for everybody",
                         "Answers by it are anonymous: they count, but nobody can be told what came of them.",
                         "candour survey open-link autumn"},
                        options->survey);
    run_by(open, line, [&line, options] { return open_link(line, options->survey); });
}

void add_revoke(CLI::App& root, Line& line, const std::shared_ptr<SurveyOptions>& options) {
    CLI::App& links = add(root, {"link", "take back links that were given away",
                                 "A link that is taken back says so politely to whoever opens it.",
                                 "candour link revoke msg_01arz3ndektsv4rrffq69g5fav"});
    links.group(kPeopleGroup)->require_subcommand(1);
    CLI::App& take_back =
        add(links, {"revoke", "make a link stop working",
                    "The message id was printed when the link was made, and stands in candour item show.",
                    "candour link revoke msg_01arz3ndektsv4rrffq69g5fav"});
    take_back.add_option("MESSAGE", options->message, "msg_…")->required();
    run_by(take_back, line, [&line, options] { return revoke_link(line, options->message); });
}

}  // namespace

void add_surveys(CLI::App& root, Line& line) {
    CLI::App& survey =
        add(root, {"survey", "ask questions, and give their links away",
                   "A survey has pages of questions, or in short one question from 0 to 10 and its reason. "
                   "Its pages need no "
                   "script.\nA personal link belongs to one contact, whose answer can be answered; an open "
                   "link is for anybody, "
                   "and stays anonymous.",
                   "candour survey ready\ncandour survey add --ready relationship --id autumn\n"
                   "candour survey link autumn --contact ada@otter.example"});
    survey.group(kPeopleGroup)->require_subcommand(1);
    auto options = std::make_shared<SurveyOptions>();

    add_survey_definitions(survey, line);
    add_survey_results(survey, line);
    add_links_of(survey, line, options);
    add_revoke(root, line, options);
}

}  // namespace candour::app::cli
