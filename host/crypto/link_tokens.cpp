#include "crypto/link_tokens.hpp"

#include <algorithm>

#include "crypto/digest.hpp"

namespace candour::crypto {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kMacBytes = 10;
constexpr std::size_t kTokenChars = 42;  // 26 bytes are 208 bits, 42 characters of 5

std::string base32(std::string_view bytes) {
    std::string out;
    unsigned bits = 0, held = 0;
    for (const unsigned char c : bytes) {
        bits = bits << 8U | c;
        held += 8;
        while (held >= 5) {
            held -= 5;
            out += kIdAlphabet[bits >> held & 31U];
        }
    }
    if (held > 0) out += kIdAlphabet[bits << (5 - held) & 31U];
    return out;
}

std::optional<std::string> from_base32(std::string_view text) {
    std::string out;
    unsigned bits = 0, held = 0;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        const std::size_t digit = kIdAlphabet.find(lower);
        if (digit == std::string_view::npos) return std::nullopt;
        bits = bits << 5U | static_cast<unsigned>(digit);
        held += 5;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>(bits >> held & 255U);
        }
    }
    const bool padded_with_zeros = (bits & ((1U << held) - 1U)) == 0;
    return padded_with_zeros ? std::optional(out) : std::nullopt;
}

std::string mac(const Hmac& key, LinkPurpose purpose, std::string_view id) {
    std::string signed_bytes(to_text(purpose));
    signed_bytes += '\0';
    signed_bytes += id;
    return key.of(signed_bytes).substr(0, kMacBytes);
}

}  // namespace

std::string_view to_text(LinkPurpose purpose) {
    switch (purpose) {
        case LinkPurpose::survey:
            return "survey";
        case LinkPurpose::survey_test:
            return "survey_test";
        case LinkPurpose::loop:
            return "loop";
        case LinkPurpose::preferences:
            return "preferences";
        case LinkPurpose::reply:
            return "reply";
        case LinkPurpose::entrance:
            return "entrance";
    }
    return "?";
}

LinkTokens::LinkTokens(const std::vector<std::string>& keys) : keys_(keys.begin(), keys.end()) {}

std::string LinkTokens::issue(LinkPurpose purpose, const MessageId& message) const {
    const IdBytes bytes = message.bytes();
    const std::string id(bytes.begin(), bytes.end());
    return base32(id + mac(keys_.back(), purpose, id));
}

std::optional<MessageId> LinkTokens::read(LinkPurpose purpose, std::string_view token) const {
    if (token.size() != kTokenChars) return std::nullopt;
    const std::optional<std::string> bytes = from_base32(token);
    if (!bytes || bytes->size() != kIdBytes + kMacBytes) return std::nullopt;
    const std::string_view id = std::string_view(*bytes).substr(0, kIdBytes);
    const std::string_view given = std::string_view(*bytes).substr(kIdBytes);
    for (const Hmac& key : keys_) {
        if (!equal_in_constant_time(mac(key, purpose, id), given)) continue;
        IdBytes raw{};
        std::copy(id.begin(), id.end(), raw.begin());
        return MessageId(raw);
    }
    return std::nullopt;
}

}  // namespace candour::crypto
