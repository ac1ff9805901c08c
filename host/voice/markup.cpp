#include "voice/markup.hpp"

#include <algorithm>
#include <cstdio>

namespace candour::voice {

void give(Data& data, const std::string& name, std::string_view text) {
    data[name] = text.empty() ? Data{false} : Data{std::string(text)};
}

Data lines(std::string_view text) {
    List all;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        Data one;
        one.set("line", std::string(line));
        one.set("more", end < text.size());
        all.push_back(std::move(one));
        at = end + 1;
    }
    return Data{all};
}

bool web_link(std::string_view url) {
    const bool scheme = url.starts_with("https://") || url.starts_with("http://");
    return scheme && std::ranges::none_of(
                         url, [](unsigned char c) { return c <= 32 || c == 127 || c == '"' || c == '<'; });
}

void give_link(Data& data, std::string_view url) {
    give(data, "link", web_link(url) ? url : "");
    give(data, "link_text", web_link(url) ? "" : url);
}

std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool blank = byte <= 32 || byte == 127;
        if (!blank) out += c;
        if (blank && !out.empty() && out.back() != ' ') out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string iso_date(Date on) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(on.year()),
                  static_cast<unsigned>(on.month()), static_cast<unsigned>(on.day()));
    return text.data();
}

std::string addressed(const Catalogue& words, std::string_view with, std::string_view without,
                      std::string_view key, std::string_view name) {
    const std::string plain = one_line(name);
    return plain.empty() ? std::string(words[without]) : words.say(with, {{key, plain}});
}

}  // namespace candour::voice
