/// What somebody filled in, what of it is wrong, and what it becomes.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "definition.hpp"
#include "request.hpp"

namespace candour::relationship_nps {

/// The longest reason, in characters: what the host takes.
inline constexpr std::size_t kMaxWhy = 8'000;

/// Kept word for word, so that the page with the errors loses nothing.
struct Entry {
    std::optional<int> score;
    std::optional<int> stance;
    bool stance_is_wrong = false;  ///< something was sent that is none of the six
    std::string why;
    std::size_t why_length = 0;  ///< characters
    bool contact = false;
    bool quote = false;

    bool why_is_too_long() const { return why_length > kMaxWhy; }
    bool complete() const { return score.has_value() && !stance_is_wrong && !why_is_too_long(); }
};

/// Of a page view: the number of the link is chosen when it is one.
Entry entry_of_link(const Asked& asked);
Entry entry_of_form(const Asked& asked);

/// schemas/json/observation.schema.json. Every answer to one invitation belongs to one item, and a newer one
/// replaces the older.
std::string answer_json(const Asked& asked, const Definition& definition, const Entry& entry,
                        std::string_view language);
/// How somebody says they speak about us: a fact of its own, which raises nothing.
std::string stance_json(const Asked& asked, const Definition& definition, int stance,
                        std::string_view language);

}  // namespace candour::relationship_nps
