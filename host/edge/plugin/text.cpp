#include "edge/plugin/text.hpp"

#include <cstdint>
#include <cstring>

namespace candour::plugin {

namespace {

/// Length of the sequence that starts here, 0 when it is none.
std::size_t sequence(const unsigned char* at, std::size_t left) {
    const unsigned char lead = at[0];
    const auto follows = [&](std::size_t i, unsigned char low = 0x80, unsigned char high = 0xBF) {
        return i < left && at[i] >= low && at[i] <= high;
    };
    if (lead >= 0x01 && lead <= 0x7F) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned char low = lead == 0xE0 ? 0xA0 : 0x80, high = lead == 0xED ? 0x9F : 0xBF;
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned char low = lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xF4 ? 0x8F : 0xBF;
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

/// Eight bytes of plain ASCII, none of them NUL.
bool is_plain_word(const unsigned char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    constexpr std::uint64_t high = 0x8080808080808080U, one = 0x0101010101010101U;
    return (word & high) == 0 && ((word - one) & ~word & high) == 0;
}

}  // namespace

std::optional<std::size_t> code_points(std::string_view bytes) {
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t left = bytes.size(), count = 0;
    while (left > 0) {
        if (left >= 8 && is_plain_word(at)) {
            at += 8, left -= 8, count += 8;
            continue;
        }
        const std::size_t length = sequence(at, left);
        if (length == 0) return std::nullopt;
        at += length, left -= length, ++count;
    }
    return count;
}

}  // namespace candour::plugin
