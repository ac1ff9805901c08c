#include "markup.hpp"

#include "surveys_texts.hpp"

namespace candour::surveys {

namespace mustache = kainjow::mustache;

namespace {

std::string_view entity_of(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

std::string render(mustache::mustache& page, const Data& data) {
    page.set_custom_escape([](const std::string& text) { return escaped(text); });
    return page.render(data);
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const std::string_view entity = entity_of(c);
        if (entity.empty())
            out += c;
        else
            out += entity;
    }
    return out;
}

void set(Data& data, const std::string& key, std::string_view text) {
    data.set(key, Data(std::string(text)));
}

void set_if(Data& data, const std::string& key, std::string_view text) {
    if (!text.empty()) set(data, key, text);
}

void set_flag(Data& data, const std::string& key, bool flag) {
    data.set(key, Data(flag));
}

// Parsed once per thread: rendering keeps state in the template.
std::string render_survey(const Data& data) {
    thread_local mustache::mustache page{std::string(texts::survey_mustache)};
    return render(page, data);
}

std::string render_notice(const Data& data) {
    thread_local mustache::mustache page{std::string(texts::notice_mustache)};
    return render(page, data);
}

}  // namespace candour::surveys
