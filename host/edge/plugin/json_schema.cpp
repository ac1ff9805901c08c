#include "edge/plugin/json_schema.hpp"

#include <boost/json.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace candour::plugin {

namespace json = boost::json;

struct JsonSchema::Compiled {
    valijson::Schema schema;
};

namespace {

std::string escaped(std::string_view key) {
    std::string out;
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

/// valijson writes places as "<root>", "[roles]", "[0]".
std::string pointer_of(const std::vector<std::string>& context) {
    std::string pointer;
    for (std::size_t i = 1; i < context.size(); ++i) {
        std::string_view step = context[i];
        if (step.starts_with('[') && step.ends_with(']')) step = step.substr(1, step.size() - 2);
        pointer += "/" + escaped(step);
    }
    return pointer.empty() ? "the document" : pointer;
}

/// "an inner part failed" says nothing that the inner part's own problem does not.
bool is_echo(std::string_view description) {
    return description.starts_with("Failed to validate against schema associated with property") ||
           description.starts_with("Failed to validate item #") ||
           description.starts_with("Failed to validate against child schema");
}

void collect_unknown(const json::value& schema, const json::value& document, const std::string& at,
                     std::vector<std::string>& found) {
    const json::object* rules = schema.if_object();
    if (!rules) return;
    if (const json::array* items = document.if_array(); items && rules->contains("items")) {
        for (std::size_t i = 0; i < items->size(); ++i)
            collect_unknown(rules->at("items"), (*items)[i], at + "/" + std::to_string(i), found);
        return;
    }
    const json::object* object = document.if_object();
    const json::value* listed = rules->if_contains("properties");
    if (!object || !listed) return;
    for (const auto& [key, value] : *object) {
        const std::string place = at + "/" + escaped(key);
        if (const json::value* rule = listed->as_object().if_contains(key))
            collect_unknown(*rule, value, place, found);
        else
            found.push_back(place);
    }
}

}  // namespace

JsonSchema::JsonSchema(std::string_view text)
    : source_(json::parse(json::string_view(text.data(), text.size()))),
      compiled_(std::make_unique<Compiled>()) {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    const valijson::adapters::BoostJsonAdapter adapter(source_);
    parser.populateSchema(adapter, compiled_->schema);
}

Done check_schema(std::string_view text) {
    std::string why;
    try {
        const JsonSchema schema(text);
        return done();
    } catch (const std::exception& failure) {
        why = failure.what();
    }
    return Error{ErrorCode::invalid, "expected a JSON Schema of draft-07, found: " + why};
}

JsonSchema::~JsonSchema() = default;

std::vector<std::string> JsonSchema::problems(const json::value& document) const {
    valijson::Validator validator;
    valijson::ValidationResults results;
    const valijson::adapters::BoostJsonAdapter adapter(document);
    std::vector<std::string> found;
    if (validator.validate(compiled_->schema, adapter, &results)) return found;
    for (const auto& error : results)
        if (!is_echo(error.description))
            found.push_back(pointer_of(error.context) + ": " + error.description);
    if (found.empty()) found.emplace_back("the document: does not fit its schema");
    return found;
}

std::vector<std::string> JsonSchema::unknown_keys(const json::value& document) const {
    std::vector<std::string> found;
    collect_unknown(source_, document, "", found);
    return found;
}

}  // namespace candour::plugin
