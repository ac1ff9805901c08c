#include "app/tool/plausible.hpp"

#include <boost/json.hpp>
#include <chrono>

#include "edge/json/plugin_event.hpp"

namespace candour::app::tool {
namespace {

namespace bj = boost::json;

bj::value plausible(const bj::value& rule);

bj::object members_of(const bj::object& rule) {
    bj::object members;
    const bj::value* required = rule.if_contains("required");
    const bj::value* properties = rule.if_contains("properties");
    if (!required || !required->is_array()) return members;
    for (const bj::value& name : required->get_array()) {
        if (!name.is_string()) continue;
        const bj::value* inner = properties && properties->is_object()
                                     ? properties->get_object().if_contains(name.get_string())
                                     : nullptr;
        members[name.get_string()] = inner ? plausible(*inner) : bj::value("try");
    }
    return members;
}

/// Long enough, and an address where one may be meant.
bj::string text_for(const bj::object& rule) {
    std::string text = "https://validate.example/try";
    const bj::value* least = rule.if_contains("minLength");
    if (least && least->is_int64())
        while (static_cast<std::int64_t>(text.size()) < least->get_int64()) text += 'x';
    const bj::value* most = rule.if_contains("maxLength");
    if (most && most->is_int64() && most->get_int64() >= 0)
        text.resize(std::min(text.size(), static_cast<std::size_t>(most->get_int64())));
    return bj::string(text);
}

bj::value plausible(const bj::value& rule) {
    const bj::object* from = rule.if_object();
    if (!from) return "try";
    if (const bj::value* usual = from->if_contains("default")) return *usual;
    if (const bj::value* fixed = from->if_contains("const")) return *fixed;
    const bj::value* choices = from->if_contains("enum");
    if (choices && choices->is_array() && !choices->get_array().empty()) return choices->get_array().front();
    const bj::value* type = from->if_contains("type");
    const std::string_view kind = type && type->is_string() ? std::string_view(type->get_string()) : "string";
    if (kind == "object") return members_of(*from);
    if (kind == "array") return bj::array();
    if (kind == "boolean") return false;
    if (kind != "integer" && kind != "number") return text_for(*from);
    const bj::value* least = from->if_contains("minimum");
    return least ? *least : bj::value(1);
}

}  // namespace

std::string plausible_configuration(const std::string& schema) {
    bj::error_code ec;
    const bj::value rule = bj::parse(schema, ec);
    return ec || !rule.is_object() ? "{}" : bj::serialize(members_of(rule.get_object()));
}

std::string plausible_event(const std::string& kind) {
    using namespace std::chrono_literals;
    const core::Instant at{1'790'000'000s};
    const ContactId contact(IdBytes{7});
    if (kind == "contact.erased") return json::write_contact_erased(contact, at);
    if (kind == "mail.status")
        return json::write_mail_status(
            {MessageId(IdBytes{8}), "k1", contact, "handed_over", "2.0.0", "queued", at});
    return "{}";
}

}  // namespace candour::app::tool
