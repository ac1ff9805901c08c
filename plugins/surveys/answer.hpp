/// What the customer sent, or what the link in the mail chose for them; and what of it is wrong.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "visit.hpp"

namespace candour::surveys {

/// The longest reason, in characters; what the host takes for a verbatim.
inline constexpr std::size_t kMaxWhy = 8'000;

/// A form as it was filled in: kept word for word, so that an error page loses nothing.
struct Entry {
    std::optional<int> score;
    bool score_is_wrong = false;  ///< something was sent that is no integer from 0 to 10
    std::string why;
    std::size_t why_length = 0;  ///< characters
    bool contact = false;
    bool quote = false;

    bool why_is_too_long() const { return why_length > kMaxWhy; }
    bool complete() const { return score.has_value() && !why_is_too_long(); }
};

/// "0" to "10" exactly; no signs, blanks, zeros in front or fractions.
std::optional<int> read_score(std::string_view text);

Entry read_form(const Visit& visit);
/// A page view: the score of the link is chosen when it is one.
Entry read_query(const Visit& visit);

/// schemas/json/observation.schema.json
std::string observation_json(const Visit& visit, const std::string& survey, const Entry& entry,
                             std::string_view language);

}  // namespace candour::surveys
