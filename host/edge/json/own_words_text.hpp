/// What an organisation says itself, as a document:
/// {"invitation": {"de": {"subject": "…", "text": "…"}}, "reminder_1": {"de": {"text": "…"}}}.
#pragma once
#include <boost/json/fwd.hpp>

#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "core/campaign/own_words.hpp"

namespace candour::json {

boost::json::object own_words_document(const core::OwnWords& words);
std::string write_own_words(const core::OwnWords& words);
/// Errors: invalid, naming the field. What stands in the texts is core's to check.
Result<core::OwnWords> own_words_of(const boost::json::value& document);
Result<core::OwnWords> read_own_words(std::string_view text);

}  // namespace candour::json
