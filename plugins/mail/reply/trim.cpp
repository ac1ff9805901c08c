#include "reply/trim.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "characters.hpp"
#include "reply/attribution.hpp"
#include "reply/heading.hpp"
#include "reply/signature.hpp"

namespace candour::mail {
namespace {

using Lines = std::vector<std::string_view>;

/// "> …", or the initials that some programs put in front ("AL> …").
bool is_quoted(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && at < 4 && line[at] == ' ') ++at;
    const std::size_t start = at;
    while (at < line.size() && at - start < 4 && is_letter(line[at])) ++at;
    return at < line.size() && line[at] == '>' && (at == start || start == 0);
}

/// Without its marks of quotation.
std::string_view unquoted(std::string_view line) {
    while (!line.empty() && (line.front() == '>' || line.front() == ' ')) line.remove_prefix(1);
    return line;
}

/// A line of a quote that lost its mark when it was wrapped.
bool is_wrapped_rest(const Lines& lines, std::size_t at, std::size_t end) {
    constexpr std::size_t kWrapped = 60;
    if (at == 0 || is_blank_line(lines[at]) || !is_quoted(lines[at - 1])) return false;
    const std::string_view above = trimmed(lines[at - 1]), line = trimmed(lines[at]);
    const bool link =
        line.find("http") != std::string_view::npos || above.find("http") != std::string_view::npos;
    // An answer right below a question is none of the quote.
    const bool ended = above.ends_with('.') || above.ends_with('!') || above.ends_with(':');
    const bool goes_on = !above.ends_with('?') && (!ended || (line.front() >= 'a' && line.front() <= 'z'));
    if (!link && (above.size() < kWrapped || !goes_on)) return false;
    for (std::size_t next = at + 1; next < std::min(end, at + 3); ++next)
        if (is_quoted(lines[next])) return true;
    return false;
}

class Trimmer final {
 public:
    explicit Trimmer(Lines lines)
        : lines_(std::move(lines)),
          keep_(lines_.size(), true),
          attributions_(lines_.size(), kUnknown),
          headings_(lines_.size(), kUnknown) {}

    void run() {
        while (at_ < lines_.size()) {
            if (is_quoted(lines_[at_]))
                quote();
            else if (heading_at(at_) > 0)
                below_heading(heading_at(at_));
            else if (attribution_at(at_) > 0)
                below_attribution(attribution_at(at_));
            else
                take_own();
        }
        if (!interleaved_) return;
        drop_trailing_quote();
    }

    std::string text() const {
        std::string out;
        for (std::size_t i = 0; i < lines_.size(); ++i)
            if (keep_[i]) out += std::string(lines_[i]) + "\n";
        return out;
    }
    bool interleaved() const { return interleaved_; }

 private:
    std::size_t attribution_at(std::size_t line) {
        if (attributions_[line] == kUnknown)
            attributions_[line] =
                static_cast<unsigned char>(attribution_size(std::span(lines_).subspan(line)));
        return attributions_[line];
    }
    std::size_t heading_at(std::size_t line) {
        if (headings_[line] == kUnknown)
            headings_[line] = static_cast<unsigned char>(heading_size(std::span(lines_).subspan(line)));
        return headings_[line];
    }
    void take_own() {
        own_ = own_ || !is_blank_line(lines_[at_]);
        ++at_;
    }
    void drop(std::size_t from, std::size_t to) {
        std::fill(keep_.begin() + static_cast<std::ptrdiff_t>(from),
                  keep_.begin() + static_cast<std::ptrdiff_t>(to), false);
    }
    void drop_rest() {
        drop(at_, lines_.size());
        at_ = lines_.size();
    }

    /// Behind the quote that begins at `from`, blank lines within it included.
    std::size_t end_of_quote(std::size_t from) const {
        std::size_t end = from;
        for (std::size_t i = from; i < lines_.size(); ++i) {
            if (is_quoted(lines_[i]) || (i > from && is_wrapped_rest(lines_, i, lines_.size())))
                end = i + 1;
            else if (!is_blank_line(lines_[i]))
                break;
        }
        return end;
    }
    /// A signature is no word.
    bool words_after(std::size_t from) const {
        for (std::size_t i = from; i < lines_.size(); ++i) {
            if (is_delimiter(lines_[i])) return false;
            if (!is_blank_line(lines_[i]) && !is_quoted(lines_[i])) return true;
        }
        return false;
    }
    /// Words, another quote, and words again.
    bool answers_between(std::size_t from) {
        bool words = false, quoted = false;
        for (std::size_t i = from; i < std::min(lines_.size(), from + kLookedAhead); ++i) {
            if (is_quoted(lines_[i])) {
                quoted = words;
            } else if (!is_blank_line(lines_[i])) {
                if (quoted) return !is_delimiter(lines_[i]) && heading_at(i) == 0;
                if (is_delimiter(lines_[i]) || heading_at(i) > 0) return false;
                words = words || attribution_at(i) == 0;
            }
        }
        return false;
    }

    /// A quote without anybody's name above it.
    void quote() {
        const std::size_t end = end_of_quote(at_);
        const std::string_view first = unquoted(lines_[at_]);
        const bool named = attribution_size(std::span(&first, 1)) > 0;
        if (!words_after(end) && (own_ || named))
            drop(at_, end);
        else if (own_)
            interleaved_ = true;
        at_ = end;
    }

    void below_heading(std::size_t size) {
        if (own_) return drop_rest();
        drop(at_, at_ + size);  // a mail that is only forwarded: what it brings is all there is
        at_ += size;
    }

    void below_attribution(std::size_t size) {
        std::size_t next = at_ + size;
        while (next < lines_.size() && is_blank_line(lines_[next])) ++next;
        if (next < lines_.size() && is_quoted(lines_[next])) {
            const std::size_t end = end_of_quote(next);
            drop(at_, at_ + size);
            interleaved_ = interleaved_ || answers_between(end);
            if (!interleaved_) drop(next, end);
            at_ = end;
            return;
        }
        if (own_) return drop_rest();
        drop(at_, at_ + size);
        at_ += size;
    }

    void drop_trailing_quote() {
        std::size_t end = lines_.size();
        while (end > 0 && (is_blank_line(lines_[end - 1]) || !keep_[end - 1])) --end;
        std::size_t from = end;
        while (from > 0 && (is_quoted(lines_[from - 1]) || is_blank_line(lines_[from - 1]))) --from;
        if (from > 0) drop(from, end);
    }

    static constexpr unsigned char kUnknown = 255;
    static constexpr std::size_t kLookedAhead = 500;  ///< a hostile mail must not make this quadratic

    Lines lines_;
    std::vector<char> keep_;
    std::vector<unsigned char> attributions_, headings_;  ///< sizes, found once
    std::size_t at_ = 0;
    bool own_ = false, interleaved_ = false;
};

/// A reply and the line above the quote may share a line.
Lines split_lines(std::string_view text) {
    constexpr std::size_t kMostLines = 20'000;
    Lines lines;
    for (const std::string_view line : lines_of(text)) {
        if (lines.size() >= kMostLines) break;
        const std::size_t inside = attribution_inside(line);
        lines.push_back(line.substr(0, inside));
        if (inside != std::string_view::npos) lines.push_back(line.substr(inside + 4));
    }
    return lines;
}

/// Empty lines at both ends, and rules that stood above what was cut off.
std::string tidied(std::string text) {
    const auto last_line = [&] { return std::string_view(text).substr(text.rfind('\n') + 1); };
    const auto is_rule = [](std::string_view line) {
        const std::string bare = squeezed(line);
        return bare.empty() || bare == "ᐧ" || bare.find_first_not_of("-_=*~#+") == std::string::npos;
    };
    while (!text.empty() && is_blank(text.back())) text.pop_back();
    while (!text.empty() && is_rule(last_line())) {
        text.resize(text.size() - last_line().size());
        while (!text.empty() && is_blank(text.back())) text.pop_back();
    }
    std::size_t start = 0;
    for (const std::string_view line : lines_of(text)) {
        if (!is_blank_line(line)) break;
        start = std::min(text.size(), static_cast<std::size_t>(line.data() - text.data()) + line.size() + 1);
    }
    return text.substr(start);
}

}  // namespace

Trimmed trim_reply(std::string_view text, std::string_view sender_name) {
    Trimmer trimmer(split_lines(text));
    trimmer.run();
    Trimmed out;
    out.reply = tidied(trimmer.text());
    out.interleaved = trimmer.interleaved();
    Signed parts = split_signature(out.reply, sender_name);
    out.reply_trimmed = tidied(std::move(parts.text));
    out.signature = std::move(parts.signature);
    return out;
}

}  // namespace candour::mail
