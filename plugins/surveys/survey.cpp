#include "survey.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "definition.hpp"
#include "short_form.hpp"
#include "surveys_texts.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxDefinition = 64 * 1024;
constexpr std::size_t kMaxId = 60;
/// The members whose values the schema holds against a pattern.
constexpr std::array<std::string_view, 9> kNames{"id",    "question", "row",   "score",    "of",
                                                 "minus", "is",       "words", "languages"};
/// What is in them is said, in languages whose tags may look like names.
constexpr std::array<std::string_view, 7> kTexts{"text",   "hint",  "lowest", "highest",
                                                 "labels", "intro", "title"};

/// Each form has a schema of its own, so that a problem is told in the words of the form that was meant.
std::unique_ptr<valijson::Schema> compiled(std::string_view form) {
    const json::value source = json::parse(texts::survey_schema_json);
    const json::value& definitions = source.at("definitions");
    json::object its = definitions.at(form).get_object();
    its["definitions"] = definitions;
    const json::value whole(std::move(its));
    auto schema = std::make_unique<valijson::Schema>();
    const valijson::adapters::BoostJsonAdapter adapter(whole);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, *schema);
    return schema;
}

const valijson::Schema& schema(bool is_short) {
    static const auto survey_form = compiled("survey"), short_form = compiled("short");
    return is_short ? *short_form : *survey_form;
}

std::string pointer_of(const std::vector<std::string>& context) {
    std::string pointer;
    for (std::size_t i = 1; i < context.size(); ++i) {
        std::string_view step = context[i];
        if (step.starts_with('[') && step.ends_with(']')) step = step.substr(1, step.size() - 2);
        pointer += "/" + std::string(step);
    }
    return pointer.empty() ? "the definition" : pointer;
}

/// Every problem at once; that an outer part failed because of an inner one is said by the inner one.
std::string problems(const json::value& definition, bool is_short) {
    valijson::ValidationResults results;
    valijson::Validator validator;
    if (validator.validate(schema(is_short), valijson::adapters::BoostJsonAdapter(definition), &results))
        return {};
    std::string found;
    for (const auto& error : results) {
        if (error.description.starts_with("Failed to validate")) continue;
        found += (found.empty() ? "" : "; ") + pointer_of(error.context) + ": " + error.description;
    }
    return found.empty() ? "the definition does not fit survey.schema.json" : found;
}

/// The schema's matcher recurses once per character, so that long names are refused before it.
std::string too_long_name(const json::value& value, const std::string& place, bool is_name) {
    const json::string* text = value.if_string();
    if (text && is_name && text->size() > kMaxId) return place + ": expected at most 60 characters";
    if (const json::array* list = value.if_array())
        for (std::size_t i = 0; i < list->size(); ++i)
            if (std::string found = too_long_name((*list)[i], place + "/" + std::to_string(i), is_name);
                !found.empty())
                return found;
    if (const json::object* object = value.if_object())
        for (const auto& [key, member] : *object) {
            if (std::ranges::find(kTexts, std::string_view(key)) != kTexts.end()) continue;
            const bool name = std::ranges::find(kNames, std::string_view(key)) != kNames.end();
            if (std::string found = too_long_name(member, place + "/" + std::string(key), name);
                !found.empty())
                return found;
        }
    return {};
}

bool has_nul(const json::value& value) {
    if (const json::string* text = value.if_string()) return text->find('\0') != json::string::npos;
    if (const json::array* list = value.if_array()) return std::ranges::any_of(*list, has_nul);
    if (const json::object* object = value.if_object())
        return std::ranges::any_of(*object, [](const auto& field) { return has_nul(field.value()); });
    return false;
}

Error invalid(const std::string& problem) {
    return Error{ErrorCode::invalid, "survey: " + problem};
}

std::string joined(const std::vector<std::string>& problems) {
    std::string all;
    for (const std::string& problem : problems) all += (all.empty() ? "" : "; ") + problem;
    return all;
}

}  // namespace

std::string_view Survey::language(const std::vector<std::string_view>& wanted) const {
    const auto spoken = [this](std::string_view tag) { return std::ranges::find(languages, tag); };
    for (const std::string_view tag : wanted) {
        const auto exact = spoken(tag), base = spoken(tag.substr(0, tag.find('-')));
        if (exact != languages.end()) return *exact;
        if (base != languages.end()) return *base;
    }
    return languages.front();
}

const Option* Question::write_in() const {
    const auto found = std::ranges::find_if(options, &Option::write_in);
    return found == options.end() ? nullptr : &*found;
}

const Question* Survey::find(std::string_view question) const {
    for (const Page& page : pages)
        for (const Question& one : page.questions)
            if (one.id == question) return &one;
    return nullptr;
}

const Question& Survey::headline() const {
    if (const Question* asked = find(score)) return *asked;
    for (const Page& page : pages)
        for (const Question& question : page.questions)
            if (question.type != QuestionType::statement && !question.text.empty()) return question;
    return pages.front().questions.front();
}

bool is_survey_id(std::string_view id) {
    bool start = true;
    for (const char c : id) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!word && (c != '-' || start)) return false;
        start = !word;
    }
    return !start && id.size() <= kMaxId;
}

Result<Survey> read_survey(std::string_view definition) {
    if (definition.size() > kMaxDefinition) return invalid("expected at most 64 KiB, found more");
    json::error_code ec;
    const json::value document = json::parse(json::string_view(definition.data(), definition.size()), ec);
    if (ec) return invalid("expected JSON, found: " + ec.message());
    const bool is_short = !document.is_object() || !document.get_object().contains("pages");
    const json::value* id = document.is_object() ? document.get_object().if_contains("id") : nullptr;
    const std::string long_name = !is_short ? too_long_name(document, {}, false)
                                  : id      ? too_long_name(*id, "/id", true)
                                            : std::string();
    if (!long_name.empty()) return invalid(long_name);
    if (const std::string found = problems(document, is_short); !found.empty()) return invalid(found);
    if (has_nul(document)) return invalid("expected texts without NUL characters");
    const json::object whole = is_short ? whole_form_of(document.get_object()) : document.get_object();
    DefinitionReader reader(whole);
    Survey survey = reader.read();
    if (!reader.problems().empty()) return invalid(joined(reader.problems()));
    return survey;
}

}  // namespace candour::surveys
