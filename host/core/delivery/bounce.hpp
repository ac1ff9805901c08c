/// What a mail that came back says about the address it was sent to, by its enhanced status code (RFC 3463),
/// else by the reply code, else by whoever read it.
///
///     hard     nobody reads there: nothing is sent there any more, from the first time on
///     soft     not now: mailbox full, host away. Several within a week are taken for hard
///     neither  about the mail, about us, or about rules: it says nothing of the address
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/names.hpp"

namespace candour::core {

enum class BounceKind : std::uint8_t { hard, soft, neither };
inline constexpr NameTable<BounceKind, 3> kBounceKinds{{
    {BounceKind::hard, "hard"},
    {BounceKind::soft, "soft"},
    {BounceKind::neither, "neither"},
}};

/// Why nobody writes to an address any more.
enum class SuppressionCause : std::uint8_t { hard, soft, complaint };
inline constexpr NameTable<SuppressionCause, 3> kSuppressionCauses{{
    {SuppressionCause::hard, "hard"},
    {SuppressionCause::soft, "soft"},
    {SuppressionCause::complaint, "complaint"},
}};

/// So many soft ones within so long.
struct SoftRule {
    int bounces = 3;
    std::chrono::days within{7};
};

/// `status`: "5.1.1" or empty; `code`: the SMTP reply code or 0. With neither the bounce counts as hard:
/// somebody was sure enough to send it.
BounceKind kind_of_bounce(std::string_view status, int code);

/// What the reader of the mail made of it ("recipient", "domain", "mailbox_full", "content", "policy",
/// "temporary", or nothing) stands above the code: servers send 5.1.1 for many things.
BounceKind kind_of_bounce(std::string_view status, int code, std::string_view what, bool hard);

}  // namespace candour::core
