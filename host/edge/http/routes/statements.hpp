/// The words of a step as a request carries them; items and themes are told the same way.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/loop/commands.hpp"
#include "edge/http/routes/body.hpp"

namespace candour::http {

/// 415 for another content type, 422 for what is wrong in the body.
Response unreadable(const Error& error, const Request& request);
/// The texts of several fields at once; the first that is not a text is the error.
Result<std::vector<std::string>> texts(const JsonBody& body, std::initializer_list<std::string_view> fields);
/// will_change, text, why, trade_off, decided_by, by, our_failure.
Result<core::Decision> read_decision(const JsonBody& body, const std::string& zone);
/// `failure`: went_wrong, learned, prevention; all empty when it is absent.
Result<core::FailureTexts> read_failure(const JsonBody& body);

}  // namespace candour::http
