#include "edge/http/forms.hpp"

#include "edge/http/encoding.hpp"

namespace candour::http {

namespace {

/// Names are echoed only as far as a reader needs them.
std::string quoted(std::string_view name) {
    std::string out = "form field \"";
    for (const char c : name.substr(0, 40)) out += c >= ' ' && c < 127 ? c : '?';
    return out + "\": ";
}

Error refusal(std::string_view raw_name, std::string_view why) {
    return {ErrorCode::invalid, quoted(raw_name) + std::string(why)};
}

Result<std::string> decode(std::string_view raw_name, std::string_view raw, std::size_t limit,
                           std::string_view what) {
    Result<std::string> text = percent_decode(raw, Plus::is_space);
    if (!text) return refusal(raw_name, std::string(what) + ": " + text.error().message);
    if (text->size() > limit) {
        return refusal(raw_name, std::string(what) + " has " + std::to_string(text->size()) +
                                     " bytes, at most " + std::to_string(limit) + " are accepted");
    }
    if (text->find('\0') != std::string::npos) return refusal(raw_name, std::string(what) + " holds a NUL");
    if (!is_utf8(*text)) return refusal(raw_name, std::string(what) + " is not UTF-8");
    return text;
}

Result<FormField> parse_field(std::string_view pair, const FormLimits& limits) {
    const std::size_t equals = pair.find('=');
    const std::string_view raw_name = pair.substr(0, equals);
    const std::string_view raw_value =
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    Result<std::string> name = decode(raw_name, raw_name, limits.name, "the name");
    if (!name) return name.error();
    if (name->empty()) return refusal(raw_name, "a value without a name");
    Result<std::string> value = decode(*name, raw_value, limits.value, "the value");
    if (!value) return value.error();
    return FormField{*std::move(name), *std::move(value)};
}

void append_encoded(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == ' ') {
            out += '+';
        } else {
            out += percent_encode(std::string_view(&c, 1));
        }
    }
}

}  // namespace

const std::string* Form::find(std::string_view name) const {
    for (const FormField& field : fields_) {
        if (field.name == name) return &field.value;
    }
    return nullptr;
}

std::string_view Form::get(std::string_view name) const {
    const std::string* value = find(name);
    return value == nullptr ? std::string_view{} : std::string_view(*value);
}

Result<Form> parse_form(std::string_view text, const FormLimits& limits) {
    std::vector<FormField> fields;
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (pair.empty()) continue;
        if (fields.size() == limits.fields) {
            return refusal(pair.substr(0, pair.find('=')),
                           "a form has at most " + std::to_string(limits.fields) + " fields");
        }
        Result<FormField> field = parse_field(pair, limits);
        if (!field) return field.error();
        fields.push_back(*std::move(field));
    }
    return Form(std::move(fields));
}

std::string encode_form(const Form& form) {
    std::string out;
    for (const FormField& field : form.fields()) {
        if (!out.empty()) out += '&';
        append_encoded(out, field.name);
        out += '=';
        append_encoded(out, field.value);
    }
    return out;
}

}  // namespace candour::http
