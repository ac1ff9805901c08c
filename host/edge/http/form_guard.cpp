#include "edge/http/form_guard.hpp"

#include <stdexcept>

#include "candour/ids.hpp"
#include "crypto/digest.hpp"
#include "crypto/id_source.hpp"

namespace candour::http {

namespace {

/// Not the name of a button: a form has both.
constexpr std::string_view kPressField = "nonce";
/// Names that no browser fills in by itself, and that a machine which fills in everything does not know to
/// avoid.
constexpr std::string_view kTrapField = "topic_code";
constexpr std::string_view kTrapButton = "press_all";
constexpr std::size_t kIdText = 26;

void append_sized(std::string& out, std::string_view part) {
    const auto size = static_cast<std::uint32_t>(part.size());
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>((size >> static_cast<unsigned>(shift)) & 255U);
    out += part;
}

std::string mac_text(const crypto::Hmac& key, std::string_view id, std::string_view purpose,
                     std::string_view subject) {
    std::string signed_bytes;
    append_sized(signed_bytes, "form-press");
    append_sized(signed_bytes, id);
    append_sized(signed_bytes, purpose);
    append_sized(signed_bytes, subject);
    const std::string digest = key.of(signed_bytes);
    IdBytes half{};
    for (std::size_t i = 0; i < half.size(); ++i) half[i] = static_cast<std::uint8_t>(digest.at(i));
    return id_text(half);
}

core::Instant time_of(const IdBytes& id) {
    std::int64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds * 256 + id.at(i);
    return core::Instant{std::chrono::milliseconds{milliseconds}};
}

bool trap_used(const Form& form) {
    return !form.get(kTrapField).empty() || form.find(kTrapButton) != nullptr;
}

core::AnswerClass class_of(const Form& form, std::chrono::microseconds age) {
    return trap_used(form) || age < kHumanPause ? core::AnswerClass::likely_bot
                                                : core::AnswerClass::unverified;
}

}  // namespace

FormGuard::FormGuard(const std::vector<std::string>& keys) : keys_(keys.begin(), keys.end()) {
    if (keys_.empty()) throw std::invalid_argument("a form guard needs at least one key");
}

std::string FormGuard::press_text(std::string_view purpose, std::string_view subject,
                                  core::Instant now) const {
    const std::string id = id_text(crypto::new_id_bytes(now));
    return id + mac_text(keys_.back(), id, purpose, subject);
}

std::string FormGuard::form_fields(std::string_view purpose, std::string_view subject,
                                   core::Instant now) const {
    std::string html = "<input type=\"hidden\" name=\"" + std::string(kPressField) + "\" value=\"";
    html += press_text(purpose, subject, now);
    html +=
        "\"><div class=\"leave\" aria-hidden=\"true\"><label>Leave this empty <input type=\"text\" name=\"";
    html += kTrapField;
    html += "\" value=\"\" tabindex=\"-1\" autocomplete=\"off\"></label><button type=\"submit\" name=\"";
    html += kTrapButton;
    html += "\" value=\"1\" tabindex=\"-1\">Do not press</button></div>";
    return html;
}

bool FormGuard::is_ours(std::string_view press, std::string_view purpose, std::string_view subject) const {
    const std::string_view id = press.substr(0, kIdText);
    bool ours = false;
    for (const crypto::Hmac& key : keys_) {
        ours |= crypto::equal_in_constant_time(press.substr(kIdText), mac_text(key, id, purpose, subject));
    }
    return ours;
}

Result<FormPress> FormGuard::read_press(const Form& form, std::string_view purpose, std::string_view subject,
                                        core::Instant now) const {
    const std::string_view press = form.get(kPressField);
    if (press.empty()) {
        return Error{ErrorCode::invalid,
                     "The form came without its hidden part. Open the page again and press there."};
    }
    const std::string_view id = press.substr(0, kIdText);
    const std::optional<IdBytes> bytes = id_bytes(id);
    if (press.size() != 2 * kIdText || !bytes || !is_ours(press, purpose, subject)) {
        return Error{ErrorCode::denied,
                     "The form does not belong to this page. Open your link again and press there."};
    }
    const core::Instant issued_at = time_of(*bytes);
    const auto age = now - issued_at;
    if (age < -kClockSkew) {
        return Error{ErrorCode::denied,
                     "The form is dated in the future. Open your link again and press there."};
    }
    if (age > kFormAge) {
        return Error{ErrorCode::conflict,
                     "The page was opened more than a day ago. Open your link again and press once more."};
    }
    return FormPress{std::string(id), issued_at, class_of(form, age)};
}

}  // namespace candour::http
