#include "survey.hpp"

#include <boost/json.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "surveys_texts.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxDefinition = 64 * 1024;
constexpr std::size_t kMaxId = 60;

const valijson::Schema& schema() {
    static const auto compiled = [] {
        auto schema = std::make_unique<valijson::Schema>();
        const json::value source = json::parse(texts::survey_schema_json);
        const valijson::adapters::BoostJsonAdapter adapter(source);
        valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, *schema);
        return schema;
    }();
    return *compiled;
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
std::string problems(const json::value& definition) {
    valijson::ValidationResults results;
    valijson::Validator validator;
    if (validator.validate(schema(), valijson::adapters::BoostJsonAdapter(definition), &results)) return {};
    std::string found;
    for (const auto& error : results) {
        if (error.description.starts_with("Failed to validate")) continue;
        found += (found.empty() ? "" : "; ") + pointer_of(error.context) + ": " + error.description;
    }
    return found.empty() ? "the definition does not fit survey.schema.json" : found;
}

/// The schema's matcher recurses once per character, so that a long id is refused before it.
bool has_short_id(const json::value& definition) {
    const json::object* object = definition.if_object();
    const json::value* id = object ? object->if_contains("id") : nullptr;
    return !id || !id->is_string() || id->get_string().size() <= kMaxId;
}

bool has_nul(const json::value& value) {
    if (const json::string* text = value.if_string()) return text->find('\0') != json::string::npos;
    if (const json::object* object = value.if_object())
        return std::any_of(object->begin(), object->end(),
                           [](const auto& field) { return has_nul(field.value()); });
    return false;
}

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value ? std::string(value->get_string()) : std::string();
}

bool flag_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return !value || value->get_bool();
}

Texts texts_of(const json::object& from) {
    return {text_at(from, "question"), text_at(from, "lowest"), text_at(from, "highest"),
            text_at(from, "reason"),   text_at(from, "intro"),  text_at(from, "thanks")};
}

Error invalid(const std::string& problem) {
    return Error{ErrorCode::invalid, "survey: " + problem};
}

}  // namespace

std::string_view Survey::language(std::string_view wanted) const {
    const auto exact = languages.find(wanted);
    if (exact != languages.end()) return exact->first;
    const auto base = languages.find(wanted.substr(0, wanted.find('-')));
    return base != languages.end() ? std::string_view(base->first) : "en";
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
    if (!has_short_id(document)) return invalid("/id: expected at most 60 characters");
    if (const std::string found = problems(document); !found.empty()) return invalid(found);
    if (has_nul(document)) return invalid("expected texts without NUL characters");
    const json::object& from = document.get_object();
    Survey survey{text_at(from, "id"),         text_at(from, "from"),      text_at(from, "readers"),
                  flag_at(from, "contact_me"), flag_at(from, "may_quote"), {}};
    for (const auto& [language, texts] : from.at("languages").get_object())
        survey.languages.emplace(std::string(language), texts_of(texts.get_object()));
    return survey;
}

}  // namespace candour::surveys
