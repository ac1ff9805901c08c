/// What exactly is asked. The wording of a version never changes, because figures compare what the same words
/// brought; other words are another version, and an invitation that asked the old ones leads to a page that
/// asks them too.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace candour::relationship_nps {

/// What a new invitation asks; manifest.json says the same to the host.
inline constexpr std::string_view kCurrent = "relationship-1";

/// Views into texts that live for ever.
struct Definition {
    std::string_view about;
    std::string_view question, lowest, highest;
    std::string_view stance;
    std::array<std::string_view, 6>
        stances;  ///< by their number: 5 recommends unasked … 1 is critical, 0 does not say
};

/// nullopt: no version is called that. An empty `about` is the current one.
std::optional<Definition> definition(std::string_view about, std::string_view language);

}  // namespace candour::relationship_nps
