/// What a parser may be given: one pass over the raw bytes that cuts off what no mail program writes, so that
/// nothing behind it takes long, however hostile the mail is. The raw mail itself is kept elsewhere,
/// untouched.
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

inline constexpr std::size_t kMostBytes = 25U << 20U;  ///< what mail servers accept
inline constexpr std::size_t kMostHeader = 1U << 20U;
inline constexpr std::size_t kMostFields = 2'000;
inline constexpr std::size_t kMostValue = 64U << 10U;  ///< of one field
inline constexpr std::size_t kMostParts = 1'000;
inline constexpr std::size_t kMostDelimiters = 20'000;  ///< lines that begin like the border of a part
inline constexpr std::size_t kMostDepth = 50;
inline constexpr std::size_t kMostText = 200U << 10U;  ///< of what is shown to people

struct Bounded {
    std::string bytes;
    bool truncated = false;
};

/// Also repairs line ends of old Macs: a mail without any LF gets one for each CR.
Bounded bounded(std::string_view raw);

}  // namespace candour::mail
