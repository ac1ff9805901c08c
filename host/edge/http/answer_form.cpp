#include "edge/http/answer_form.hpp"

#include <algorithm>
#include <array>

#include "core/feedback/text.hpp"
#include "core/letters.hpp"
#include "crypto/digest.hpp"

namespace candour::http {
namespace {

constexpr std::string_view kGestureField = "gesture";
constexpr std::array<std::string_view, 3> kGestures{"pointer", "touch", "key"};
/// In the query of the link that nobody sees.
constexpr std::string_view kTrapQuery = "leave";
constexpr std::string_view kScoreField = "a";
/// Enough to tell programs apart, too little to tell people apart.
constexpr std::size_t kDigestBytes = 8;

/// Programs that open links on behalf of a mailbox, by what they call themselves or where they come from.
/// They may lie: it is one signal of several and decides nothing.
constexpr std::array<std::string_view, 12> kScanners{
    "safelinks",        "proofpoint", "urldefense",  "mimecast",         "barracuda",       "cudasvc",
    "secure-web.cisco", "trendmicro", "url-defence", "googleimageproxy", "skypeuripreview", "headlesschrome"};

std::string scanner_in(const Request& request) {
    const std::string names =
        core::ascii_lower(request.header("User-Agent")) + " " + core::ascii_lower(request.header("Referer"));
    for (const std::string_view scanner : kScanners)
        if (names.find(scanner) != std::string::npos) return std::string(scanner);
    return {};
}

std::string digest_of(std::string_view agent) {
    if (agent.empty()) return {};
    return crypto::to_hex(crypto::sha256(agent).substr(0, kDigestBytes));
}

}  // namespace

std::string answer_fields(const FormGuard& guard, std::string_view purpose, std::string_view subject,
                          core::Instant now, std::string_view path, bool personal) {
    std::string html = "<input type=\"hidden\" name=\"" + std::string(kGestureField) + "\" value=\"\">";
    html += guard.form_fields(purpose, subject, now);
    // A token's characters need no escaping; the paths of open pages are not put here.
    if (personal)
        html += "<div class=\"leave\" aria-hidden=\"true\"><a href=\"" + std::string(path) + "?" +
                std::string(kTrapQuery) + "=1\" rel=\"nofollow\" tabindex=\"-1\">Do not follow</a></div>";
    html += kGestureScript;
    return html;
}

core::AnswerClass pressed_by(const FormPress& press, const Form& form) {
    if (press.answer_class == core::AnswerClass::likely_bot) return press.answer_class;
    const bool hand = std::ranges::find(kGestures, form.get(kGestureField)) != kGestures.end();
    return hand ? core::AnswerClass::human : press.answer_class;
}

flow::LinkFetch fetch_of(const Request& request, const MessageId& message, const Form& fields,
                         core::Instant now) {
    flow::LinkFetch fetch;
    fetch.message = message;
    fetch.at = now;
    fetch.method = std::string(core::name_of(kMethods, request.method));
    fetch.score = core::read_score(kScoreField, fields.get(kScoreField)).value_or(-1);
    fetch.trap = request.method != Method::post && fields.find(kTrapQuery) != nullptr;
    fetch.agent = digest_of(request.header("User-Agent"));
    fetch.scanner = scanner_in(request);
    fetch.has_language = !request.header("Accept-Language").empty();
    return fetch;
}

}  // namespace candour::http
