#include "bounce/conclusion.hpp"

#include <algorithm>

#include "bounce/reply_code.hpp"
#include "bounce/verdict.hpp"
#include "characters.hpp"
#include "reading/addresses.hpp"

namespace candour::mail {
namespace {

bool is_vague(std::string_view status) {
    return status.size() < 5 || status.ends_with(".0.0");
}

bool gives_reason(std::string_view text) {
    return !reply_code_in(text).empty() || !status_in(text).empty() || !judge_words(text).kind.empty();
}

/// Did the server refuse the content, having accepted the recipient? Prose says so; a transcript shows it,
/// when the answer behind ">>> DATA" is the one that this bounce reports.
bool refused_the_data(const Bounce& bounce, std::string_view about, std::string_view notice) {
    for (const char* mark : {"in reply to end of data", "after end of data", "step: data"})
        if (has(squeezed(cut(about, 8'000)), mark)) return true;
    const std::string transcript = squeezed(cut(notice, 8'000));
    const std::size_t data = find(transcript, ">>> data");
    const std::size_t answer = data == std::string::npos ? data : transcript.find("<<< 5", data);
    if (answer == std::string::npos || answer - data > 15) return false;
    // A pipelining client sends DATA before it reads the answers to RCPT; the lines behind then speak of
    // recipients.
    const std::string_view behind = std::string_view(transcript).substr(answer, 260);
    if (has(behind, "5.1.1") || has(behind, "valid recipient") || has(behind, "<<< 503")) return false;
    constexpr std::size_t kEnough = 16;
    return has(bounce.diagnostic, std::string_view(transcript).substr(answer + 4, kEnough));
}

/// Does the server only say that it is no mailbox it writes to (x.2.1), while "unknown" was not its answer to
/// RCPT?
bool is_disabled(const Bounce& bounce, std::string_view prose) {
    return bounce.status.ends_with(".2.1") && !has(bounce.diagnostic, "rcpt") && !has(prose, "rcpt");
}

/// What sounds final and is not. A server that knows the address accepts it and may still say "user unknown"
/// behind the data, to keep its filter secret; a domain that cannot be found just now may be found tomorrow.
void soften(Bounce& bounce, std::string_view about, std::string_view notice, bool given_up) {
    if (!bounce.hard) return;
    const bool waits =
        bounce.status.starts_with("4.") || (bounce.status.empty() && bounce.reply_code.starts_with('4'));
    if (bounce.kind == "domain" && waits) {
        bounce.hard = false;
        if (!has(bounce.diagnostic, "null mx")) bounce.kind = "temporary";
    } else if (bounce.kind == "recipient") {
        const bool filtered = !bounce.status.ends_with(".1.1") && refused_the_data(bounce, about, notice);
        bounce.hard = (!waits || given_up) && !filtered && !is_disabled(bounce, about);
    }
}

bool names_another(std::string_view line, std::string_view recipient) {
    if (has(line, recipient)) return false;
    return !addresses_in(line).empty();
}

}  // namespace

std::string_view lines_about(std::string_view notice, std::string_view recipient) {
    constexpr std::size_t kLongest = 2'000;
    const std::size_t at = recipient.empty() ? std::string_view::npos : find(notice, recipient);
    if (at == std::string_view::npos) return {};
    const std::size_t line_start = notice.rfind('\n', at);
    const std::string_view rest =
        notice.substr(line_start == std::string_view::npos ? 0 : line_start + 1).substr(0, 2 * kLongest);
    std::size_t end = 0;
    bool reasoned = false;
    for (const std::string_view line : lines_of(rest)) {
        if (reasoned && (trimmed(line).empty() || names_another(line, recipient))) break;
        reasoned = reasoned || gives_reason(line);
        end = std::min(rest.size(), static_cast<std::size_t>(line.data() - rest.data()) + line.size() + 1);
        if (end > kLongest) break;
    }
    return rest.substr(0, end);
}

void conclude(Bounce& bounce, std::string_view about, std::string_view notice, bool given_up) {
    const std::string said = status_in(bounce.diagnostic);
    if (is_vague(bounce.status) && !is_vague(said)) bounce.status = said;
    bounce.reply_code = reply_code_in(bounce.diagnostic);
    Verdict verdict = judge_words(bounce.diagnostic);
    for (const std::string_view text : {about, notice}) {
        const bool numbers = !bounce.status.empty() || !bounce.reply_code.empty();
        if (bounce.status.empty() && !numbers) bounce.status = status_in(text);
        if (bounce.reply_code.empty() && (!numbers || is_vague(bounce.status)))
            bounce.reply_code = reply_code_in(text);
        if (verdict.kind.empty() && (bounce.diagnostic.empty() || is_vague(bounce.status)))
            verdict = judge_words(text);
    }
    if (verdict.kind.empty()) verdict = judge("", bounce.status, bounce.reply_code);
    bounce.kind = verdict.kind;
    bounce.hard = verdict.hard;
    // RFC 3463: x.2.3 is the mailbox's own limit on a message.
    if (bounce.kind == "content" && bounce.status.ends_with(".2.3")) bounce.kind = "mailbox_full";
    if (bounce.diagnostic.empty()) bounce.diagnostic = squeezed(cut(about.empty() ? notice : about, 600));
    bounce.hard = bounce.hard && !bounce.waits;
    soften(bounce, about.empty() ? notice : about, notice, given_up);
}

}  // namespace candour::mail
