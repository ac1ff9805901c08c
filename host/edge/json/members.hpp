/// Members of documents whose shape a schema or our own writer vouches for: what is missing or of another
/// kind reads as empty.
#pragma once
#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace candour::json {

std::string text_at(const boost::json::object& object, std::string_view name);
bool flag_at(const boost::json::object& object, std::string_view name);
/// The texts of a list; what is none of them is left out.
std::vector<std::string> texts_at(const boost::json::object& object, std::string_view name);

}  // namespace candour::json
