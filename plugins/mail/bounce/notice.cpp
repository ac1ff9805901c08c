#include "bounce/notice.hpp"

#include <algorithm>

#include "bounce/conclusion.hpp"
#include "bounce/reply_code.hpp"
#include "bounce/report.hpp"
#include "characters.hpp"
#include "mail_texts.hpp"
#include "phrase.hpp"
#include "reading/addresses.hpp"

namespace candour::mail {
namespace {

constexpr std::size_t kLongestNotice = 32U << 10U;
constexpr std::size_t kLinesOfNotice = 400;
/// Prose that names more is no server's.
constexpr std::size_t kMostMentions = 50;

const Section& notice_words(std::string_view heading) {
    static const std::vector<Section> sections = sections_of(texts::notices_txt);
    return section_in(sections, heading);
}

bool says(std::string_view heading, std::string_view text) {
    return notice_words(heading).matches(lower(squeezed(cut(text, kLongestNotice))));
}

/// "Received: from …" and the like open the header of what was returned.
bool opens_header(std::string_view line) {
    if (line.starts_with('>')) line.remove_prefix(1);
    line = trimmed(line);
    return begins(line, "received: from") || begins(line, "received: by") || begins(line, "return-path:") ||
           begins(line, "received: (") || begins(line, "received:from") || begins(line, "dkim-signature:");
}

bool announces_return(std::string_view line) {
    return line.size() < 120 && says("the returned mail follows", line);
}

/// How strongly a line names the recipient that failed; 0: not at all.
int weight_of(std::string_view line, std::string_view address) {
    const std::string text = lower(squeezed(line));
    const std::string name = lower(address);
    std::string_view bare = text;
    // Marks and a reply code in front of it: "554 <ann@example.com>... ".
    while (!bare.empty() && !bare.starts_with(name) && (!is_letter(bare.front()))) bare.remove_prefix(1);
    if (says("names somebody else", text)) return 0;
    int weight = 1;
    if (bare.starts_with(name)) weight += 3;
    const std::size_t label_end = text.find(name);
    if (says("names the recipient",
             text.substr(0, label_end == std::string::npos ? text.size() : label_end + 1)))
        weight += 3;
    if (!reply_code_in(text).empty() || !status_in(text).empty()) weight += 1;
    return weight;
}

struct Mention {
    std::string address;
    std::size_t line = 0;
    int weight = 0;
};

std::vector<Mention> mentions_in(const std::vector<std::string_view>& lines,
                                 const std::vector<std::string>& never) {
    std::vector<Mention> found;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const std::string& address : addresses_in(lines[i])) {
            const auto is_it = [&](const std::string& other) { return same(other, address); };
            if (std::ranges::any_of(never, is_it)) continue;
            const int weight = weight_of(lines[i], address);
            const auto known = std::ranges::find_if(
                found, [&](const Mention& mention) { return same(mention.address, address); });
            if (known == found.end())
                found.push_back({address, i, weight});
            else
                known->weight = std::max(known->weight, weight);
        }
    }
    return found;
}

Bounce bounce_from(const std::string& recipient, std::string_view notice) {
    Bounce bounce;
    bounce.recipient = recipient;
    const std::string_view about = lines_about(notice, recipient);
    bounce.waits = says("waits", notice);
    bounce.diagnostic = squeezed(cut(about, 1'000));
    conclude(bounce, about, notice, false);
    return bounce;
}

std::vector<std::string> failed_recipients(const Letter& letter) {
    std::vector<std::string> found;
    for (const char* name : {"x-failed-recipients", "x-actual-recipient"})
        for (const std::string& value : letter.fields.all(name))
            for (std::string& address : addresses_in(value)) found.push_back(std::move(address));
    return found;
}

}  // namespace

Notice split_notice(std::string_view whole) {
    Notice notice;
    whole = cut(whole, kLongestNotice);
    std::size_t at = 0;
    for (const std::string_view line : lines_of(whole)) {
        if ((at > 0 && opens_header(line)) || announces_return(line)) break;
        at = std::min(whole.size(), static_cast<std::size_t>(line.data() - whole.data()) + line.size() + 1);
        if (at < whole.size() && at > 0 && whole[at - 1] == '\r') ++at;
    }
    notice.text = whole.substr(0, at);
    std::string_view rest = whole.substr(at);
    while (!rest.empty() && !opens_header(rest.substr(0, rest.find('\n')))) {
        const std::size_t end = rest.find('\n');
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    notice.returned = rest;
    return notice;
}

std::vector<Bounce> bounces_in(const Letter& letter, const Notice& notice,
                               const std::vector<std::string>& never) {
    std::vector<std::string_view> lines = lines_of(notice.text);
    if (lines.size() > kLinesOfNotice) lines.resize(kLinesOfNotice);
    std::vector<Bounce> bounces;
    for (const std::string& address : failed_recipients(letter))
        bounces.push_back(bounce_from(address, notice.text));
    if (!bounces.empty()) return bounces;
    std::vector<Mention> mentions = mentions_in(lines, never);
    int best = 0;
    for (const Mention& mention : mentions) best = std::max(best, mention.weight);
    std::erase_if(mentions, [best](const Mention& mention) {
        return mention.weight < 2 || (mention.weight < 4 && mention.weight + 2 < best);
    });
    if (mentions.size() > kMostMentions) mentions.resize(kMostMentions);
    for (const Mention& mention : mentions) bounces.push_back(bounce_from(mention.address, notice.text));
    return bounces;
}

bool sounds_like_a_bounce(const Letter& letter, const Notice& notice, const Envelope& envelope) {
    const std::string from = letter.fields.text("from"), subject = letter.fields.text("subject");
    const std::string return_path = letter.fields.plain("return-path");
    const bool null_sender = (envelope.known && envelope.sender.empty()) || return_path == "<>";
    const bool robot = says("senders", from) || null_sender;
    const bool numbers = !status_in(notice.text).empty() || !reply_code_in(notice.text).empty();
    const bool subject_says = says("subjects", subject), text_says = says("texts", notice.text);
    if (!failed_recipients(letter).empty()) return true;
    if (delivery_report(letter) != nullptr) return true;
    // A program that answers is no mail server, unless it has a server's name or can quote one.
    const bool answers = begins(trimmed(letter.fields.plain("auto-submitted")), "auto-replied");
    if (answers && !numbers && !says("servers", from)) return false;
    if (robot) return subject_says || text_says;
    return subject_says && text_says && (numbers || letter.type == "multipart/report");
}

}  // namespace candour::mail
