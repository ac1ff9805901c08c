/// A document as the audit log shows it.
#pragma once
#include <boost/json/value.hpp>

#include <string>

namespace candour::json {

/// Members whose names speak of secrets hold an ellipsis instead.
void hide_secrets(boost::json::value& value);
/// The same for its text; one that does not parse, or is longer than a setting, is named by its size.
std::string without_secrets(const std::string& document);

}  // namespace candour::json
