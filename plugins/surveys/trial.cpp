#include "trial.hpp"

#include <boost/json.hpp>

#include "catalogue.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

std::string wanted_text(const json::object& from, std::string_view key) {
    const json::value* value = from.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// What is in the editor, or what stands on the shelf.
Result<std::string> definition_to_try(const Shelf& shelf, const json::object& wanted) {
    if (const json::value* draft = wanted.if_contains("definition")) return json::serialize(*draft);
    const json::value* version = wanted.if_contains("version");
    const bool numbered = version && version->is_int64() && version->get_int64() > 0;
    const Result<Definition> stored = shelf.definition(
        wanted_text(wanted, "id"), numbered ? static_cast<std::uint64_t>(version->get_int64()) : kNewest);
    if (!stored) return stored.error();
    return stored->text;
}

json::object trial_mail(const Survey& survey, std::string_view language, const std::string& link) {
    json::array blocks{
        json::object{{"type", "text"}, {"text", words(language, "test_mail")}},
        json::object{{"type", "button"}, {"text", words(language, "test_open")}, {"link", link}}};
    return {{"subject", words(language, "test_subject", {{"survey", survey.id}})},
            {"blocks", std::move(blocks)}};
}

}  // namespace

Result<std::string> offer_test(const Shelf& shelf, std::string_view payload) {
    json::error_code ec;
    const json::value asked = json::parse(json::string_view(payload.data(), payload.size()), ec);
    const json::object* wanted = ec ? nullptr : asked.if_object();
    const std::string message = wanted ? wanted_text(*wanted, "message") : std::string();
    const std::string link = wanted ? wanted_text(*wanted, "link") : std::string();
    if (message.empty() || link.empty())
        return Error{ErrorCode::invalid,
                     R"(survey.test: expected {"definition": {…}, "message": "msg_…", "link": "https://…"})"};
    const Result<std::string> definition = definition_to_try(shelf, *wanted);
    if (!definition) return definition.error();
    const Result<Survey> survey = read_survey(*definition);
    if (!survey) return survey.error();
    const std::string language = wanted_text(*wanted, "language");
    if (const Done kept = shelf.put_trial(message, *definition, language); !kept) return kept.error();
    const std::string_view spoken = language.empty() ? std::string_view(survey->languages.front()) : language;
    return json::serialize(json::object{{"id", survey->id}, {"mail", trial_mail(*survey, spoken, link)}});
}

}  // namespace candour::surveys
