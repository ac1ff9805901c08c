#include "edge/json/members.hpp"

#include <boost/json.hpp>

namespace candour::json {

namespace bj = boost::json;

std::string text_at(const bj::object& object, std::string_view name) {
    const bj::value* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

bool flag_at(const bj::object& object, std::string_view name) {
    const bj::value* found = object.if_contains(name);
    return found != nullptr && found->is_bool() && found->get_bool();
}

std::vector<std::string> texts_at(const bj::object& object, std::string_view name) {
    std::vector<std::string> texts;
    const bj::value* found = object.if_contains(name);
    if (found == nullptr || !found->is_array()) return texts;
    for (const bj::value& each : found->get_array())
        if (each.is_string()) texts.emplace_back(each.get_string());
    return texts;
}

}  // namespace candour::json
