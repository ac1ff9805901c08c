#include "app/cli/survey_definitions.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct DefinitionOptions {
    std::string file, ready, id, from, survey, to;
    int version = 0, page = 1;
    std::string language, address;
};

/// A ready survey under its new name; the sender's name is said when it is another one than the host's.
Result<std::string> ready_definition(const Api& api, const DefinitionOptions& options) {
    Result<boost::json::value> ready =
        api.get("/api/v1/ready-surveys/" + http::percent_encode(options.ready));
    if (!ready) return ready.error();
    boost::json::object& survey = ready->as_object();
    if (!options.id.empty()) survey["id"] = options.id;
    if (!options.from.empty()) survey["from"] = options.from;
    return boost::json::serialize(survey);
}

void tell_what_was_added(const boost::json::value& reply) {
    const std::string id = text_at(reply, "id");
    std::cout << "The survey " << id << " is " << text_at(reply, "result") << ", version "
              << number_at(reply, "version") << ".\nNext: candour survey link " << id
              << " --contact ADDRESS\n";
}

int add_survey(const Line& line, const DefinitionOptions& options) {
    if (options.file.empty() == options.ready.empty())
        return fail_usage("survey add: expected a FILE or --ready NAME, one of the two");
    if (options.ready.empty() && !(options.id.empty() && options.from.empty()))
        return fail_usage("survey add: --id and --from belong to --ready; a file says both itself");
    Result<std::string> text = options.file.empty() ? std::string() : read_file(options.file);
    if (!text) return fail(text.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        if (!options.ready.empty()) text = ready_definition(api, options);
        if (!text) return text.error();
        const Result<boost::json::value> reply = api.post_text("/api/v1/surveys", *text, "application/json");
        if (!reply) return reply.error();
        if (line.shared.json)
            print_json(*reply);
        else
            tell_what_was_added(*reply);
        return int{kOk};
    });
}

int list_ready_surveys(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> document = api.get("/api/v1/ready-surveys");
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        for (const boost::json::value& survey : list_at(*document, "surveys"))
            std::cout << text_at(survey, "name") << ": " << text_at(survey, "title") << " ("
                      << joined(list_at(survey, "languages")) << ")\n"
                      << indented(text_at(survey, "source"), "    ") << "\n";
        return int{kOk};
    });
}

int list_surveys(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> document = api.get("/api/v1/surveys");
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        Table table({"SURVEY", "VERSION", "PAGES", "LANGUAGES", "QUESTION"});
        for (const boost::json::value& survey : list_at(*document, "surveys"))
            table.row({text_at(survey, "id"), std::to_string(number_at(survey, "version")),
                       std::to_string(number_at(survey, "pages")), joined(list_at(survey, "languages")),
                       text_at(survey, "question")});
        if (table.empty())
            std::cout << "No surveys yet: candour survey ready lists what needs no writing\n";
        else
            table.print();
        return int{kOk};
    });
}

int show_survey(const Line& line, const DefinitionOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const std::string version = options.version == 0 ? "" : "?version=" + std::to_string(options.version);
        const Result<boost::json::value> document = api.get(survey_target(options.survey) + version);
        if (!document) return document.error();
        print_json(*document);
        return int{kOk};
    });
}

int copy_survey(const Line& line, const DefinitionOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> reply =
            api.post(survey_target(options.survey) + "/copy", boost::json::object{{"id", options.to}});
        if (!reply) return reply.error();
        if (line.shared.json)
            print_json(*reply);
        else
            tell_what_was_added(*reply);
        return int{kOk};
    });
}

int preview_survey(const Line& line, const DefinitionOptions& options) {
    const Result<std::string> text = read_file(options.file);
    if (!text) return fail(text.error());
    boost::json::error_code ec;
    const boost::json::value definition = boost::json::parse(*text, ec);
    if (ec) return fail(Error{ErrorCode::invalid, options.file + ": expected JSON, found: " + ec.message()});
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> shown =
            api.post("/api/v1/surveys/preview",
                     boost::json::object{
                         {"definition", definition}, {"page", options.page}, {"language", options.language}});
        if (!shown) return shown.error();
        if (line.shared.json)
            print_json(*shown);
        else
            std::cout << text_at(*shown, "html");
        return int{kOk};
    });
}

Result<boost::json::object> what_to_test(const DefinitionOptions& options) {
    boost::json::object body;
    if (!options.address.empty()) body["to"] = options.address;
    if (!options.language.empty()) body["language"] = options.language;
    if (options.version > 0) body["version"] = options.version;
    if (options.file.empty()) {
        body["survey"] = options.survey;
        return body;
    }
    const Result<std::string> text = read_file(options.file);
    if (!text) return text.error();
    boost::json::error_code ec;
    body["definition"] = boost::json::parse(*text, ec);
    if (ec) return Error{ErrorCode::invalid, options.file + ": expected JSON, found: " + ec.message()};
    return body;
}

int test_survey(const Line& line, const DefinitionOptions& options) {
    if (options.file.empty() == options.survey.empty())
        return fail_usage("survey test: expected a SURVEY or --file FILE, one of the two");
    const Result<boost::json::object> body = what_to_test(options);
    if (!body) return fail(body.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> sent = api.post("/api/v1/surveys/test", *body);
        if (!sent) return sent.error();
        if (line.shared.json)
            print_json(*sent);
        else
            std::cout << "A test is on its way to " << on_one_line(text_at(*sent, "to"))
                      << "; nothing that is answered by it is kept, and nothing of it counts.\nIt leads to "
                      << text_at(*sent, "url") << "\n";
        return int{kOk};
    });
}

int code_of_survey(const Line& line, const std::string& survey) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        http::ClientRequest request;
        request.target = survey_target(survey) + "/qr";
        const Result<http::ClientAnswer> answer = api.send(request);
        if (!answer) return answer.error();
        if (answer->status != 200) return value_of_answer(*answer).error();
        std::cout << answer->body;
        return int{kOk};
    });
}

CLI::App& add_about(CLI::App& surveys, const Lesson& lesson, std::string& survey) {
    CLI::App& command = add(surveys, lesson);
    command.add_option("SURVEY", survey, "its id; candour survey list shows them")->required();
    return command;
}

void add_making(CLI::App& surveys, Line& line, const std::shared_ptr<DefinitionOptions>& options) {
    CLI::App& define =
        add(surveys,
            {"add", "add or change a survey",
             "FILE is a JSON document; everything that is wrong with it is said at once. The smallest one:\n"
             "{\"id\": \"autumn\", \"from\": \"Our company\", \"languages\": {\"en\": {\"question\": \"Would "
             "you recommend "
             "us?\"}}}\n"
             "A survey that is changed gets a new version; answers keep naming the one that was answered.",
             "candour survey add autumn.json\ncandour survey add --ready relationship --id autumn --from "
             "\"Halden "
             "Systems\""});
    define.add_option("FILE", options->file, "the definition; - reads standard input");
    define
        .add_option("--ready", options->ready, "one that needs no writing; candour survey ready lists them")
        ->type_name("NAME");
    define.add_option("--id", options->id, "what a ready one is called here")->type_name("ID");
    define.add_option("--from", options->from, "who asks; else the organisation of the configuration");
    run_by(define, line, [&line, options] { return add_survey(line, *options); });

    CLI::App& ready = add(surveys, {"ready", "surveys that need no writing",
                                    "Each with where its questions come from.", "candour survey ready"});
    run_by(ready, line, [&line] { return list_ready_surveys(line); });

    CLI::App& copy =
        add_about(surveys,
                  {"copy", "make a new survey of one that is there",
                   "Everything but the name is copied; what is changed in one stays as it is in the other.",
                   "candour survey copy autumn autumn-2"},
                  options->survey);
    copy.add_option("TO", options->to, "its id: words of a-z and 0-9 with hyphens between")->required();
    run_by(copy, line, [&line, options] { return copy_survey(line, *options); });
}

void add_looking(CLI::App& surveys, Line& line, const std::shared_ptr<DefinitionOptions>& options) {
    CLI::App& all =
        add(surveys, {"list", "all surveys", "Each with its question and the languages it speaks.",
                      "candour survey list"});
    run_by(all, line, [&line] { return list_surveys(line); });

    CLI::App& one =
        add_about(surveys,
                  {"show", "a survey's definition", "As it was added: change it and add it again.",
                   "candour survey show autumn > autumn.json\ncandour survey show autumn --version 1"},
                  options->survey);
    one.add_option("--version", options->version, "an older one")->type_name("N")->check(CLI::PositiveNumber);
    run_by(one, line, [&line, options] { return show_survey(line, *options); });

    CLI::App& look =
        add(surveys, {"preview", "a page as customers would see it",
                      "Prints HTML; nothing is stored, and everything that is wrong with FILE is said.",
                      "candour survey preview autumn.json --page 2 --language de > page.html"});
    look.add_option("FILE", options->file, "the definition; - reads standard input")->required();
    look.add_option("--page", options->page, "counted from 1")->type_name("N");
    look.add_option("--language", options->language, "such as de");
    run_by(look, line, [&line, options] { return preview_survey(line, *options); });

    CLI::App& test =
        add(surveys, {"test", "send a survey to one of us, to be tried",
                      "A mail with a link to the survey, saved or still in a file. It can be answered to the "
                      "end, for 14 days;\nevery page says that it is a test. Nothing of it is kept.",
                      "candour survey test autumn --to me@example.com\n"
                      "candour survey test --file autumn.json --to me@example.com --language de"});
    test.add_option("SURVEY", options->survey, "its id; candour survey list shows them");
    test.add_option("--file", options->file, "a definition that was not added; - reads standard input")
        ->type_name("FILE");
    test.add_option("--version", options->version, "an older one")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    test.add_option("--to", options->address, "the address of a teammate; without it, the token's own")
        ->type_name("ADDRESS");
    test.add_option("--language", options->language, "such as de; without it, the reader's");
    run_by(test, line, [&line, options] { return test_survey(line, *options); });

    CLI::App& code =
        add_about(surveys,
                  {"qr", "the link for everybody as a QR code", "Prints an SVG picture, ready for print.",
                   "candour survey qr autumn > autumn.svg"},
                  options->survey);
    run_by(code, line, [&line, options] { return code_of_survey(line, options->survey); });
}

}  // namespace

std::string survey_target(const std::string& survey) {
    return "/api/v1/surveys/" + http::percent_encode(survey);
}

void add_survey_definitions(CLI::App& surveys, Line& line) {
    auto options = std::make_shared<DefinitionOptions>();
    add_making(surveys, line, options);
    add_looking(surveys, line, options);
}

}  // namespace candour::app::cli
