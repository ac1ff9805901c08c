#include "reading/words.hpp"

#include <optional>

#include "characters.hpp"
#include "reading/charset.hpp"
#include "reading/transfer.hpp"

namespace candour::mail {
namespace {

struct Word {
    std::string charset;
    std::string bytes;
    std::size_t size = 0;  ///< of its text in the value
};

/// =?charset*language?B|Q?text?=
std::optional<Word> word_at(std::string_view text) {
    if (!text.starts_with("=?")) return std::nullopt;
    const std::size_t charset_end = text.find('?', 2);
    if (charset_end == std::string_view::npos || charset_end > 64 || charset_end + 2 >= text.size() ||
        text[charset_end + 2] != '?')
        return std::nullopt;
    const char encoding = to_lower(text[charset_end + 1]);
    if (encoding != 'b' && encoding != 'q') return std::nullopt;
    std::size_t end = text.find("?=", charset_end + 3);
    if (end == std::string_view::npos) return std::nullopt;
    // `?==41?=` in Q: the text may itself begin with an equals sign.
    if (encoding == 'q' && end == charset_end + 3 && text.find("?=", end + 2) != std::string_view::npos &&
        text.substr(end + 2).size() > 2 && text[end + 2] != ' ' && text.substr(end, 3) == "?==")
        end = text.find("?=", end + 2);
    const std::string_view body = text.substr(charset_end + 3, end - charset_end - 3);
    Word word;
    word.charset = lower(text.substr(2, charset_end - 2));
    word.charset.resize(std::min(word.charset.find('*'), word.charset.size()));
    word.bytes = encoding == 'b' ? from_base64(body) : from_quoted_printable(body, true);
    word.size = end + 2;
    return word;
}

/// Collects bytes until the charset changes.
class Joiner final {
 public:
    void plain(std::string_view text) {
        flush();
        out_ += to_utf8(text, "");
    }
    void word(const Word& word) {
        if (word.charset != charset_) flush();
        charset_ = word.charset;
        held_ += word.bytes;
    }
    std::string take() {
        flush();
        return std::move(out_);
    }

 private:
    void flush() {
        if (!held_.empty()) out_ += to_utf8(held_, charset_);
        held_.clear();
        charset_.clear();
    }
    std::string out_, held_, charset_;
};

std::string percent_decoded(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%' || i + 2 >= text.size()) {
            bytes += text[i];
            continue;
        }
        const std::string pair = "=" + std::string(text.substr(i + 1, 2));
        bytes += from_quoted_printable(pair);
        i += 2;
    }
    return bytes;
}

struct Parameter {
    std::string name;
    std::string value;
};

/// One parameter from the front of `rest`, which is behind a semicolon.
Parameter next_parameter(std::string_view& rest) {
    Parameter found;
    const std::size_t equals = rest.find_first_of("=;");
    if (equals == std::string_view::npos || rest[equals] == ';') {
        rest.remove_prefix(equals == std::string_view::npos ? rest.size() : equals + 1);
        return found;
    }
    found.name = lower(trimmed(rest.substr(0, equals)));
    rest.remove_prefix(equals + 1);
    while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
    if (!rest.empty() && rest.front() == '"') {
        std::size_t i = 1;
        for (; i < rest.size() && rest[i] != '"'; ++i) {
            if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
            found.value += rest[i];
        }
        rest.remove_prefix(std::min(i + 1, rest.size()));
        const std::size_t next = rest.find(';');
        rest.remove_prefix(next == std::string_view::npos ? rest.size() : next + 1);
        return found;
    }
    const std::size_t end = std::min(rest.find(';'), rest.size());
    found.value = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return found;
}

/// Pieces name*0, name*1*, … in the order in which they stand: every mail program writes them in order.
struct Pieces {
    std::string charset, bytes;
    bool found = false;

    void add(std::string_view suffix, std::string_view value) {
        const bool extended = suffix.ends_with('*');
        if (extended && !found) {
            const std::size_t quote = value.find('\'');
            const std::size_t second = quote == std::string_view::npos ? quote : value.find('\'', quote + 1);
            if (second != std::string_view::npos) {
                charset = value.substr(0, quote);
                value.remove_prefix(second + 1);
            }
        }
        found = true;
        bytes += extended ? percent_decoded(value) : std::string(value);
    }
};

}  // namespace

std::string unfolded(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (const char c : raw)
        if (c != '\r' && c != '\n') out += c == '\t' ? ' ' : c;
    return std::string(trimmed(out));
}

std::string decode_words(std::string_view raw) {
    const std::string value = unfolded(raw);
    std::string_view rest = value;
    Joiner joiner;
    bool after_word = false;
    while (!rest.empty()) {
        const std::size_t at = rest.find("=?");
        const std::string_view before = rest.substr(0, at);
        const bool only_blanks = trimmed(before).empty();
        const std::optional<Word> word =
            at == std::string_view::npos ? std::nullopt : word_at(rest.substr(at));
        if (!before.empty() && !(only_blanks && after_word && word)) joiner.plain(before);
        if (at == std::string_view::npos) break;
        if (!word) joiner.plain("=?");
        if (word) joiner.word(*word);
        after_word = word.has_value();
        rest.remove_prefix(at + (word ? word->size : 2));
    }
    return joiner.take();
}

std::string parameter(std::string_view raw, std::string_view name) {
    constexpr int kMostParameters = 500;  // more are no mail program's
    const std::string value = unfolded(raw);
    std::string_view rest = value;
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    Pieces pieces;
    for (int count = 0; !rest.empty() && count < kMostParameters; ++count) {
        if (rest.front() == ';') rest.remove_prefix(1);
        const Parameter found = next_parameter(rest);
        if (found.name == name) return decode_words(found.value);
        if (found.name.starts_with(name) && found.name.size() > name.size() && found.name[name.size()] == '*')
            pieces.add(std::string_view(found.name).substr(name.size()), found.value);
    }
    return pieces.found ? to_utf8(pieces.bytes, pieces.charset) : std::string();
}

}  // namespace candour::mail
