/// Typed identifiers: `itm_` + 26 characters of base32 over 16 bytes, the first six a millisecond clock,
/// so that ids sort by age and new rows land side by side in an index. Safe in a URL, case-insensitive to
/// read.
#ifndef CANDOUR_IDS_HPP
#define CANDOUR_IDS_HPP
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace candour {

using IdBytes = std::array<std::uint8_t, 16>;

/// Lower case without i, l, o and u, so that nobody misreads a character or meets a swear word.
inline constexpr std::string_view kIdAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/// 16 bytes as 26 characters; the first carries only the top three bits.
inline std::string id_text(const IdBytes& bytes) {
    std::string text(26, '0');
    unsigned bits = 0, held = 0;
    std::size_t at = 26;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        bits |= static_cast<unsigned>(bytes[i]) << held;
        held += 8;
        while (held >= 5) {
            text[--at] = kIdAlphabet[bits & 31U];
            bits >>= 5U;
            held -= 5;
        }
    }
    text[0] = kIdAlphabet[bits & 31U];
    return text;
}

inline std::optional<IdBytes> id_bytes(std::string_view text) {
    if (text.size() != 26) return std::nullopt;
    IdBytes bytes{};
    unsigned bits = 0, held = 0;
    std::size_t at = bytes.size();
    for (std::size_t i = text.size(); i-- > 0;) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
        const std::size_t digit = kIdAlphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        bits |= static_cast<unsigned>(digit) << held;
        held += 5;
        if (held >= 8) {
            if (at == 0) return std::nullopt;
            bytes[--at] = static_cast<std::uint8_t>(bits & 255U);
            bits >>= 8U;
            held -= 8;
        }
    }
    if (at != 0 || bits != 0) return std::nullopt;
    return bytes;
}

template <class Tag>
class Id {
 public:
    static constexpr std::string_view prefix = Tag::prefix;

    Id() = default;
    explicit Id(const IdBytes& bytes) : text_(std::string(prefix) + id_text(bytes)) {}

    /// nullopt when the text is not exactly a prefix and 26 characters of the alphabet.
    static std::optional<Id> parse(std::string_view text) {
        if (!text.starts_with(prefix)) return std::nullopt;
        const auto bytes = id_bytes(text.substr(prefix.size()));
        if (!bytes) return std::nullopt;
        return Id(*bytes);
    }
    /// For text that our own database holds: it was parsed when it was written.
    static Id trusted(std::string text) {
        Id id;
        id.text_ = std::move(text);
        return id;
    }

    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    IdBytes bytes() const {
        return id_bytes(std::string_view(text_).substr(prefix.size())).value_or(IdBytes{});
    }
    friend auto operator<=>(const Id&, const Id&) = default;

 private:
    std::string text_;
};

struct ItemTag {
    static constexpr std::string_view prefix = "itm_";
};
struct ContactTag {
    static constexpr std::string_view prefix = "con_";
};
struct AccountTag {
    static constexpr std::string_view prefix = "acc_";
};
struct TeammateTag {
    static constexpr std::string_view prefix = "tea_";
};
struct MessageTag {
    static constexpr std::string_view prefix = "msg_";
};
struct TokenTag {
    static constexpr std::string_view prefix = "tok_";
};
using ItemId = Id<ItemTag>;
using ContactId = Id<ContactTag>;
using AccountId = Id<AccountTag>;
using TeammateId = Id<TeammateTag>;
using MessageId = Id<MessageTag>;
using TokenId = Id<TokenTag>;

}  // namespace candour

template <class Tag>
struct std::hash<candour::Id<Tag>> {
    std::size_t operator()(const candour::Id<Tag>& id) const { return std::hash<std::string>{}(id.text()); }
};
#endif
