/// The tokens in links that customers get: base32(16-byte message id ‖ 10-byte HMAC-SHA-256(key, purpose ‖
/// id)). A token carries no rights of its own: it names a message row, and that row says for what, for whom
/// and how long.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "candour/ids.hpp"
#include "crypto/digest.hpp"

namespace candour::crypto {

enum class LinkPurpose : std::uint8_t { survey, survey_test, loop, preferences, reply, entrance };

std::string_view to_text(LinkPurpose purpose);

/// Server keys by age, newest last; new tokens are signed with the newest, all of them are accepted.
class LinkTokens {
 public:
    explicit LinkTokens(const std::vector<std::string>& keys);

    std::string issue(LinkPurpose purpose, const MessageId& message) const;
    /// nullopt when the token was not issued by us for this purpose. Case does not matter: mail servers fold
    /// it.
    std::optional<MessageId> read(LinkPurpose purpose, std::string_view token) const;

 private:
    std::vector<Hmac> keys_;
};

}  // namespace candour::crypto
