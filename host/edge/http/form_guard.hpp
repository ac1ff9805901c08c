/// What a form carries so that pressing it twice counts once, and pressing it from elsewhere not at all.
///
///     press := id ‖ mac      26 + 26 characters of the id alphabet
///     mac   := the first 16 bytes of HMAC-SHA-256(key, "form-press" ‖ id ‖ purpose ‖ subject), each
///     length-prefixed
///
/// The id is time-ordered, so it says when the page was made and serves as an idempotency key whose index
/// stays local.
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "core/feedback/answer_class.hpp"
#include "core/instant.hpp"
#include "crypto/digest.hpp"
#include "edge/http/forms.hpp"

namespace candour::http {

struct FormPress {
    std::string idempotency_key;
    core::Instant issued_at;
    /// likely_bot or unverified; a comment or a recorded gesture makes it human, which only the caller can
    /// see.
    core::AnswerClass answer_class = core::AnswerClass::unverified;
};

/// Server keys by age, newest last: new forms are signed with the newest, all of them are accepted (two may
/// be live).
class FormGuard {
 public:
    explicit FormGuard(const std::vector<std::string>& keys);

    /// HTML for a form to carry as its **last** children: the trap button must not come before a real one,
    /// because Enter presses the first. The page's style must contain `kTrapStyle`.
    std::string form_fields(std::string_view purpose, std::string_view subject, core::Instant now) const;

    /// Purpose and subject are those of the page that this request belongs to. Errors tell the person what to
    /// do: invalid (missing), denied (forged or of another page), conflict (older than kFormAge).
    Result<FormPress> read_press(const Form& form, std::string_view purpose, std::string_view subject,
                                 core::Instant now) const;

 private:
    std::string press_text(std::string_view purpose, std::string_view subject, core::Instant now) const;
    bool is_ours(std::string_view press, std::string_view purpose, std::string_view subject) const;

    std::vector<crypto::Hmac> keys_;
};

inline constexpr std::chrono::hours kFormAge{24};
/// Nobody reads a question and answers it faster.
inline constexpr std::chrono::milliseconds kHumanPause{1500};
/// Hosts that share a database have clocks of their own.
inline constexpr std::chrono::minutes kClockSkew{1};

/// The page's single style element holds this; `style="…"` would not pass the page's own policy.
inline constexpr std::string_view kTrapStyle =
    ".leave{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}";

}  // namespace candour::http
