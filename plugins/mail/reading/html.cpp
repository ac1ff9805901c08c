#include "reading/html.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "characters.hpp"
#include "reading/bounds.hpp"
#include "reading/entities.hpp"

namespace candour::mail {
namespace {

/// Of one tag; what is read of them stands in front.
constexpr std::size_t kMostAttributes = 4'096;

struct Tag {
    std::string name;  ///< lower case
    std::string_view attributes;
    bool closes = false;

    /// The value of an attribute, without its quotes.
    std::string_view attribute(std::string_view wanted) const {
        for (std::size_t at = find(attributes, wanted); at != std::string_view::npos;
             at = find(attributes, wanted, at + 1)) {
            const bool whole = at == 0 || is_blank(attributes[at - 1]) || attributes[at - 1] == '"' ||
                               attributes[at - 1] == '\'';
            std::string_view rest = trimmed(attributes.substr(at + wanted.size()));
            if (!whole || !rest.starts_with('=')) continue;
            rest = trimmed(rest.substr(1));
            if (rest.empty()) return rest;
            const char quote = rest.front();
            if (quote == '"' || quote == '\'') return rest.substr(1, rest.substr(1).find(quote));
            return rest.substr(0, rest.find_first_of(" \t\r\n"));
        }
        return {};
    }
};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& list) {
    return std::ranges::find(list, name) != list.end();
}

constexpr std::array<std::string_view, 27> kBlocks{
    "div",    "p",      "tr",      "table",  "ul",         "ol",  "li", "h1",      "h2",
    "h3",     "h4",     "h5",      "h6",     "blockquote", "pre", "hr", "section", "article",
    "header", "footer", "address", "center", "dl",         "dt",  "dd", "form",    "body"};
constexpr std::array<std::string_view, 9> kParagraphs{"p",  "ul", "ol",    "h1",        "h2",
                                                      "h3", "h4", "table", "blockquote"};
constexpr std::array<std::string_view, 6> kSilent{"style", "script", "head", "title", "template", "noscript"};
constexpr std::array<std::string_view, 9> kEmpty{"br",    "hr",   "img", "meta", "link",
                                                 "input", "base", "col", "wbr"};
/// How mail programs name the box around what is answered.
constexpr std::array<std::string_view, 9> kQuoteBoxes{
    "gmail_quote",    "yahoo_quoted", "protonmail_quote",  "moz-cite-prefix",    "zmail_extra",
    "tutanota_quote", "ymail_quoted", "gmail_extra_quote", "mail-quote-collapse"};
constexpr std::array<std::string_view, 6> kSignatureBoxes{"gmail_signature",
                                                          "moz-signature",
                                                          "applemailsignature",
                                                          "ms-outlook-mobile-signature",
                                                          "protonmail_signature_block",
                                                          "zm_signature"};

template <std::size_t N>
bool names_box(const Tag& tag, const std::array<std::string_view, N>& boxes) {
    const std::string_view ids[] = {tag.attribute("class"), tag.attribute("id")};
    return std::ranges::any_of(boxes,
                               [&](std::string_view box) { return has(ids[0], box) || has(ids[1], box); });
}

/// The text as it grows: white space collapsed, one line at a time.
class Paper final {
 public:
    void text(std::string_view words, bool preformatted) {
        for (const char c : words) {
            if (preformatted && c == '\n') {
                end_line(true);
            } else if (is_blank(c) && !preformatted) {
                blank_ = !line_.empty();
            } else if (c != '\r') {
                if (blank_) line_ += ' ';
                blank_ = false;
                line_ += c;
            }
        }
    }
    void end_line(bool even_if_empty) {
        if (line_.empty() && !even_if_empty) return;
        for (std::size_t i = 0; i < depth_; ++i) out_ += "> ";
        out_ += line_;
        out_ += '\n';
        empty_lines_ = line_.empty() ? empty_lines_ + 1 : 0;
        line_.clear();
        blank_ = false;
    }
    void paragraph() {
        end_line(false);
        if (!out_.empty() && empty_lines_ == 0) end_line(true);
    }
    void set_depth(std::size_t depth) {
        end_line(false);
        depth_ = std::min<std::size_t>(depth, 20);
    }
    bool full() const { return out_.size() > kMostText; }
    std::string take() {
        end_line(false);
        return std::move(out_);
    }

 private:
    std::string out_, line_;
    bool blank_ = false;
    std::size_t depth_ = 0, empty_lines_ = 0;
};

/// An element that changes what is inside it: quoted, hidden, preformatted. `open` counts its own kind
/// within.
struct Special {
    std::string name;
    std::size_t open = 1;
    bool quoted = false, hidden = false, preformatted = false;
};

class Reader final {
 public:
    explicit Reader(std::string_view html) : rest_(html) {}

    std::string read() {
        while (!rest_.empty() && !paper_.full()) {
            const std::size_t at = rest_.find('<');
            words(rest_.substr(0, at));
            if (at == std::string_view::npos) break;
            rest_.remove_prefix(at);
            markup();
        }
        return paper_.take();
    }

 private:
    void words(std::string_view text) {
        if (text.empty() || hidden_ > 0) return;
        paper_.text(without_references(text), preformatted_ > 0);
    }

    void skip_past(std::string_view mark) {
        const std::size_t end = rest_.find(mark);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + mark.size());
    }

    void markup() {
        if (rest_.starts_with("<!--")) return skip_past("-->");
        const char next = rest_.size() > 1 ? rest_[1] : ' ';
        if (next == '!' || next == '?') return skip_past(">");
        if (!is_letter(next) && next != '/') {
            words("<");
            rest_.remove_prefix(1);
            return;
        }
        const Tag found = take_tag();
        if (is_one_of(found.name, kSilent) && !found.closes) return skip_element(found.name);
        found.closes ? close(found) : open(found);
    }

    /// Up to the > that stands in no quoted value. A quote that never ends is none.
    Tag take_tag() {
        std::size_t end = 1;
        for (char quote = 0; end < rest_.size() && end < kMostValue; ++end) {
            const char c = rest_[end];
            if (quote == 0 && c == '>') break;
            if (quote == 0 && (c == '"' || c == '\'') && rest_[end - 1] == '=')
                quote = c;
            else if (c == quote)
                quote = 0;
        }
        if (end >= rest_.size() || rest_[end] != '>') end = std::min(rest_.find('>'), rest_.size());
        std::string_view inside = rest_.substr(1, end - 1);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        Tag tag;
        if (inside.starts_with('/')) {
            tag.closes = true;
            inside.remove_prefix(1);
        }
        const std::size_t name_end = std::min(inside.find_first_of(" \t\r\n/"), inside.size());
        tag.name = lower(cut(inside.substr(0, name_end), 32));
        tag.attributes = cut(inside.substr(name_end), kMostAttributes);
        return tag;
    }

    void skip_element(const std::string& name) {
        // Only the first head is one: looking for the end of each again and again would take for ever.
        if (name == "head" && std::exchange(head_seen_, true)) return;
        std::size_t at = find(rest_, "</" + name);
        // A head that is never closed ends where the body begins, or holds nothing.
        if (name == "head") at = std::min({at, find(rest_, "<body"), at == std::string_view::npos ? 0 : at});
        rest_.remove_prefix(std::min(at, rest_.size()));
    }

    void open(const Tag& tag) {
        if (tag.name == "br") return paper_.end_line(true);
        if (tag.name == "td" || tag.name == "th") paper_.text(" ", false);
        if (is_one_of(tag.name, kParagraphs)) paper_.paragraph();
        if (is_one_of(tag.name, kBlocks)) paper_.end_line(false);
        if (tag.name == "hr") paper_.text("________________________________", true), paper_.end_line(false);
        if (tag.name == "li") paper_.text("* ", true);
        if (is_one_of(tag.name, kEmpty)) return;
        if (!specials_.empty() && specials_.back().name == tag.name) ++specials_.back().open;
        remember(tag);
    }

    void remember(const Tag& tag) {
        constexpr std::size_t kMostSpecials = 200;
        if (tag.attributes.empty() && tag.name != "blockquote" && tag.name != "pre") return;
        Special special{tag.name};
        special.quoted = tag.name == "blockquote" || names_box(tag, kQuoteBoxes);
        special.preformatted = tag.name == "pre";
        const std::string style = lower(tag.attribute("style"));
        special.hidden = style.find("display:none") != std::string::npos ||
                         style.find("display: none") != std::string::npos;
        if (hidden_ == 0 && names_box(tag, kSignatureBoxes)) paper_.text("-- ", true), paper_.end_line(false);
        if (!(special.quoted || special.hidden || special.preformatted) || specials_.size() >= kMostSpecials)
            return;
        if (!specials_.empty() && specials_.back().name == tag.name) --specials_.back().open;
        apply(special, 1);
        specials_.push_back(std::move(special));
    }

    void close(const Tag& tag) {
        if (is_one_of(tag.name, kBlocks)) paper_.end_line(false);
        if (is_one_of(tag.name, kParagraphs)) paper_.paragraph();
        if (specials_.empty() || specials_.back().name != tag.name || --specials_.back().open > 0) return;
        apply(specials_.back(), -1);
        specials_.pop_back();
    }

    void apply(const Special& special, int by) {
        if (special.hidden) hidden_ += by;
        if (special.preformatted) preformatted_ += by;
        if (!special.quoted) return;
        quoted_ += by;
        paper_.set_depth(static_cast<std::size_t>(quoted_));
    }

    std::string_view rest_;
    Paper paper_;
    std::vector<Special> specials_;
    int hidden_ = 0, quoted_ = 0, preformatted_ = 0;
    bool head_seen_ = false;
};

}  // namespace

std::string html_to_text(std::string_view html) {
    return Reader(html).read();
}

}  // namespace candour::mail
