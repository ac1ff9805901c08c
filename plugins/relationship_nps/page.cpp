#include "page.hpp"

#include <kainjow/mustache.hpp>

#include "relationship_nps_texts.hpp"
#include "words.hpp"

namespace candour::relationship_nps {

namespace mustache = kainjow::mustache;
using Data = mustache::data;

namespace {

/// In text and in quoted attributes.
std::string escaped(const std::string& text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        const std::string_view unsafe = "&<>\"'";
        constexpr std::string_view entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
        const std::size_t which = unsafe.find(c);
        if (which == std::string_view::npos)
            out += c;
        else
            out += entities[which];
    }
    return out;
}

/// Rendering writes into the template, so each thread parses its own, once.
std::string render(std::string_view text, const Data& data) {
    thread_local std::map<const char*, mustache::mustache> parsed;
    auto found = parsed.find(text.data());
    if (found == parsed.end()) {
        found = parsed.emplace(text.data(), mustache::mustache(std::string(text))).first;
        found->second.set_custom_escape(escaped);
    }
    return found->second.render(data);
}

void set(Data& data, const std::string& key, std::string_view text) {
    data.set(key, Data(std::string(text)));
}

/// A section shows its own text when there is one.
void set_if(Data& data, const std::string& key, std::string_view text) {
    if (!text.empty()) set(data, key, text);
}

Data furniture(const Asked& asked, std::string_view language, std::string_view style) {
    Data data;
    set(data, "lang", language);
    set(data, "style", style);
    set(data, "organisation", asked.text("organisation"));
    return data;
}

sdk::Response html(std::uint32_t status, std::string_view language, std::string body) {
    sdk::Response response;
    response.status = status;
    response.language = language;
    response.body = std::move(body);
    return response;
}

Data numbers(const Entry& entry) {
    Data all(Data::type::list);
    for (int value = 0; value <= 10; ++value) {
        Data number;
        set(number, "value", std::to_string(value));
        number.set("first", Data(value == 0));
        number.set("checked", Data(entry.score == value));
        all.push_back(number);
    }
    return all;
}

/// Best first, as one reads; nothing is chosen beforehand.
Data stances(const Definition& definition, const Entry& entry) {
    Data all(Data::type::list);
    for (int value = 5; value >= 0; --value) {
        Data stance;
        set(stance, "value", std::to_string(value));
        set(stance, "text", definition.stances[static_cast<std::size_t>(value)]);
        stance.set("checked", Data(entry.stance == value));
        all.push_back(stance);
    }
    return all;
}

/// The same words on top, as links to the fields, and beside the fields.
void set_errors(Data& data, const Entry& entry, std::string_view language) {
    Data summary(Data::type::list);
    const auto add = [&](const char* key, const char* field, const std::string& text) {
        set(data, key, text);
        Data line;
        set(line, "field", field);
        set(line, "text", text);
        summary.push_back(line);
    };
    if (!entry.score) add("score_error", "a0", words(language, "choose"));
    if (entry.why_is_too_long())
        add("why_error", "why", words(language, "too_long", {{"length", std::to_string(entry.why_length)}}));
    if (entry.stance_is_wrong) add("stance_error", "stance5", words(language, "choose_stance"));
    data.set("failed", Data(true));
    data.set("summary", summary);
}

std::string foot(const Asked& asked, std::string_view language) {
    const std::string_view name = asked.subject("contact_name"), organisation = asked.text("organisation");
    if (name.empty()) return words(language, "personal_foot", {{"organisation", organisation}});
    return words(language, "named_foot", {{"name", name}, {"organisation", organisation}});
}

std::string promise(const Asked& asked, std::string_view language) {
    if (asked.text("loop_url").empty()) return words(language, "no_promise");
    const std::int64_t days = asked.hear_days();
    if (days == 1) return words(language, "promise_day");
    return days > 1 ? words(language, "promise_days", {{"days", std::to_string(days)}})
                    : words(language, "promise");
}

}  // namespace

sdk::Response question_page(const Asked& asked, const Definition& definition, const Entry& entry,
                            bool failed) {
    const std::string_view language = spoken(asked.text("language"));
    Data data = furniture(asked, language, texts::question_css);
    set(data, "title",
        words(language, failed ? "error_title" : "title", {{"organisation", asked.text("organisation")}}));
    for (const char* key : {"effort", "reason", "reason_hint", "stance_hint", "contact_me", "may_quote",
                            "send", "problem", "error_prefix"})
        set(data, key, words(language, key));
    set(data, "question", definition.question);
    set(data, "lowest", definition.lowest);
    set(data, "highest", definition.highest);
    set(data, "stance", definition.stance);
    set(data, "form_action", asked.text("form_action"));
    set(data, "form_fields", asked.text("form_fields"));
    set(data, "foot", foot(asked, language));
    set(data, "why", entry.why);
    data.set("numbers", numbers(entry));
    data.set("stances", stances(definition, entry));
    data.set("contact_checked", Data(entry.contact));
    data.set("quote_checked", Data(entry.quote));
    if (asked.answered_before()) set(data, "answered", words(language, "answered"));
    if (failed) set_errors(data, entry, language);
    return html(failed ? 422 : 200, language, render(texts::question_mustache, data));
}

sdk::Response thanks_page(const Asked& asked, const Entry& entry) {
    const std::string_view language = spoken(asked.text("language"));
    Data data = furniture(asked, language, texts::notice_css);
    set(data, "title", words(language, "thanks_title"));
    set(data, "text", words(language, "thanks", {{"score", std::to_string(*entry.score)}}));
    set_if(data, "why", entry.why);
    set(data, "next_title", words(language, "next_title"));
    set(data, "promise", promise(asked, language));
    set_if(data, "loop_url", asked.text("loop_url"));
    set(data, "loop_link", words(language, "loop_link"));
    set(data, "correct_url", asked.text("form_action"));
    set(data, "correct_link", words(language, "correct_link"));
    return html(200, language, render(texts::notice_mustache, data));
}

sdk::Response missing_page(const Asked& asked) {
    const std::string_view language = spoken(asked.text("language"));
    Data data = furniture(asked, language, texts::notice_css);
    set(data, "title", words(language, "missing_title"));
    set(data, "text", words(language, "missing"));
    return html(404, language, render(texts::notice_mustache, data));
}

}  // namespace candour::relationship_nps
