#include "core/feedback/text.hpp"

namespace candour::core {
namespace {

std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

/// The second byte rules out overlong forms, surrogates and what lies beyond U+10FFFF.
bool second_byte_fits(unsigned char lead, unsigned char second) {
    switch (lead) {
        case 0xE0:
            return second >= 0xA0 && second <= 0xBF;
        case 0xED:
            return second >= 0x80 && second <= 0x9F;
        case 0xF0:
            return second >= 0x90 && second <= 0xBF;
        case 0xF4:
            return second >= 0x80 && second <= 0x8F;
        default:
            return second >= 0x80 && second <= 0xBF;
    }
}

Error invalid(std::string_view name, const std::string& what) {
    return Error{ErrorCode::invalid, std::string(name) + ": " + what};
}

}  // namespace

std::optional<std::size_t> code_points(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = sequence_length(lead);
        if (length == 0 || i + length > text.size()) return std::nullopt;
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if (k == 1 ? !second_byte_fits(lead, next) : (next & 0xC0U) != 0x80) return std::nullopt;
        }
        i += length;
    }
    return count;
}

std::string shortened(std::string_view text, std::size_t limit) {
    std::size_t at = 0, count = 0;
    const auto starts = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80; };
    for (; at < text.size(); ++at) {
        if (starts(at) && count + 1 >= limit && code_points(text.substr(at)).value_or(limit) > 1)
            return std::string(text.substr(0, at)) + "…";
        count += starts(at) ? 1 : 0;
    }
    return std::string(text);
}

Done check_text(std::string_view name, std::string_view text, std::size_t limit) {
    const std::optional<std::size_t> length = code_points(text);
    if (!length) return invalid(name, "expected UTF-8 text, found bytes that are not UTF-8");
    if (text.find('\0') != std::string_view::npos)
        return invalid(name, "expected text, found a NUL character");
    if (*length > limit)
        return invalid(name, "expected at most " + std::to_string(limit) + " characters, found " +
                                 std::to_string(*length));
    return done();
}

Done check_words(std::string_view name, std::string_view text, std::size_t limit) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return invalid(name, "expected a text, found nothing");
    return check_text(name, text, limit);
}

Result<int> read_score(std::string_view name, std::string_view text) {
    if (text == "10") return 10;
    if (text.size() == 1 && text[0] >= '0' && text[0] <= '9') return text[0] - '0';
    return invalid(name,
                   "expected a whole number from 0 to 10, found \"" + std::string(text.substr(0, 40)) + "\"");
}

}  // namespace candour::core
