#include "voice/template.hpp"

#include <array>
#include <functional>

#include "core/markup.hpp"
#include "voice_texts.hpp"

namespace candour::voice {
namespace {

struct Source {
    Medium medium;
    std::string_view name;
    std::string_view text;
};

constexpr std::array kSources{
    Source{Medium::html, "page_head", texts::page_head_html_mustache},
    Source{Medium::html, "page_foot", texts::page_foot_html_mustache},
    Source{Medium::html, "page_style", texts::page_css},
    Source{Medium::html, "ring", texts::ring_html_mustache},
    Source{Medium::html, "loop_page", texts::loop_page_html_mustache},
    Source{Medium::html, "pressed_page", texts::pressed_page_html_mustache},
    Source{Medium::html, "press_again_page", texts::press_again_page_html_mustache},
    Source{Medium::html, "stop_page", texts::stop_page_html_mustache},
    Source{Medium::html, "stopped_page", texts::stopped_page_html_mustache},
    Source{Medium::html, "notice_page", texts::notice_page_html_mustache},
    Source{Medium::html, "mail_head", texts::mail_head_html_mustache},
    Source{Medium::html, "mail_foot", texts::mail_foot_html_mustache},
    Source{Medium::html, "loop_mail", texts::loop_mail_html_mustache},
    Source{Medium::html, "plugin_mail", texts::plugin_mail_html_mustache},
    Source{Medium::text, "mail_foot", texts::mail_foot_txt_mustache},
    Source{Medium::text, "loop_mail", texts::loop_mail_txt_mustache},
    Source{Medium::text, "plugin_mail", texts::plugin_mail_txt_mustache},
};

std::string_view source(Medium medium, std::string_view name) {
    for (const Source& known : kSources)
        if (known.medium == medium && known.name == name) return known.text;
    return {};
}

std::string escaped(const std::string& text) {
    return core::escape_markup(text);
}

std::string as_it_is(const std::string& text) {
    return text;
}

std::string sentence(Medium medium, std::string_view key, const Catalogue& words) {
    const std::string text(words[key]);
    return medium == Medium::html ? core::escape_markup(text) : text;
}

/// {{#x}}, {{^x}} or {{/x}} and nothing else.
bool section_tag(std::string_view line) {
    const bool tag = line.size() > 5 && line.starts_with("{{") && line.find("}}") == line.size() - 2;
    return tag && (line[2] == '#' || line[2] == '^' || line[2] == '/');
}

/// A line that is only a section tag leaves nothing behind, every other line end stays. The library's own
/// rule drops and keeps lines depending on their neighbours, so it is given one long line and the line ends
/// as a value.
std::string one_long_line(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        out += line;
        if (end == text.size()) break;
        if (!section_tag(line)) out += "{{{newline}}}";
        text.remove_prefix(end + 1);
    }
    return out;
}

using Compiled = kainjow::mustache::mustache;

Compiled compile(Medium medium, std::string_view name, const Catalogue& words) {
    Compiled compiled(one_long_line(expanded(medium, name, words)));
    compiled.set_custom_escape(medium == Medium::html ? escaped : as_it_is);
    return compiled;
}

/// Rendering writes into the template object, so each thread compiles its own.
Compiled& compiled(Medium medium, std::string_view name, const Catalogue& words) {
    thread_local std::map<std::tuple<Medium, std::string_view, std::string_view>, Compiled> kept;
    const std::tuple<Medium, std::string_view, std::string_view> key{medium, name, words.language()};
    const auto found = kept.find(key);
    if (found != kept.end()) return found->second;
    return kept.emplace(key, compile(medium, name, words)).first->second;
}

}  // namespace

std::string expanded(Medium medium, std::string_view name, const Catalogue& words) {
    std::string_view rest = source(medium, name);
    std::string out;
    while (!rest.empty()) {
        const std::size_t open = std::min(rest.find("{{> "), rest.find("{{t."));
        out += rest.substr(0, open);
        if (open == rest.npos) break;
        const std::size_t close = rest.find("}}", open);
        const std::string_view inner = rest.substr(open + 4, close - open - 4);
        const bool part = rest[open + 2] == '>';
        out += part ? expanded(medium, inner, words) : sentence(medium, inner, words);
        rest.remove_prefix(close + 2);
        // A part on a line of its own brings its own line end.
        if (part && out.ends_with('\n') && rest.starts_with('\n')) rest.remove_prefix(1);
    }
    return out;
}

std::string render(Medium medium, std::string_view name, const Catalogue& words, Data data) {
    data.set("newline", "\n");
    return compiled(medium, name, words).render(data);
}

std::vector<std::pair<Medium, std::string_view>> templates() {
    std::vector<std::pair<Medium, std::string_view>> all;
    for (const Source& known : kSources) all.emplace_back(known.medium, known.name);
    return all;
}

}  // namespace candour::voice
