/// A letter of which many people have a copy: what all the copies say is kept once, and of each what is in
/// nobody else's.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace candour::core {

struct SharedLetter {
    std::string id;    ///< of the text: the same text has the same id
    std::string text;  ///< with a place for each part, see `place_of`
};

/// What stands in a shared text where a reader's part belongs. Mails hold no such character: it is a control
/// character.
std::string place_of(std::size_t part);
std::string join_parts(const std::vector<std::string>& parts);

/// The copy, byte for byte. A place whose part is missing stays empty.
std::string put_together(std::string_view shared, std::string_view joined_parts);

}  // namespace candour::core
