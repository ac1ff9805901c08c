#include "page.hpp"

#include <kainjow/mustache.hpp>

#include "catalogue.hpp"
#include "surveys_texts.hpp"

namespace candour::surveys {

namespace mustache = kainjow::mustache;
using Data = mustache::data;

namespace {

/// Stands for the link while the page is rendered: looked for behind href=" only, where no text of a survey
/// is.
constexpr std::string_view kHole = "<loop>";
constexpr std::string_view kEscapedHole = "&lt;loop&gt;";

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string render(mustache::mustache& page, const Data& data) {
    return page.render(data);
}

/// Parsed once per thread: rendering keeps state in the template.
mustache::mustache& survey_template() {
    thread_local mustache::mustache page{std::string(texts::survey_mustache)};
    page.set_custom_escape([](const std::string& text) { return escaped(text); });
    return page;
}

mustache::mustache& notice_template() {
    thread_local mustache::mustache page{std::string(texts::notice_mustache)};
    page.set_custom_escape([](const std::string& text) { return escaped(text); });
    return page;
}

void set(Data& data, const std::string& key, std::string_view text) {
    data.set(key, Data(std::string(text)));
}

/// A section that shows its own text when there is one.
void set_if(Data& data, const std::string& key, std::string_view text) {
    if (!text.empty()) set(data, key, text);
}

std::string_view or_else(const std::string& own, const std::string& common) {
    return own.empty() ? common : own;
}

Data scores_of(const Entry& entry) {
    Data scores(Data::type::list);
    for (int value = 0; value <= 10; ++value) {
        Data score;
        score.set("value", Data(std::to_string(value)));
        score.set("first", Data(value == 0));
        score.set("checked", Data(entry.score == value));
        scores.push_back(score);
    }
    return scores;
}

std::string identity_foot(const Visit& visit, std::string_view language) {
    if (!visit.is_personal()) return words(language, "anonymous_foot");
    const std::string_view name = visit.subject("contact_name");
    return name.empty() ? words(language, "personal_foot") : words(language, "named_foot", "name", name);
}

void set_errors(Data& data, const Entry& entry, std::string_view language) {
    Data summary(Data::type::list);
    const auto add = [&](const char* key, const char* field, const std::string& text) {
        set(data, key, text);
        Data line;
        line.set("field", Data(std::string(field)));
        line.set("text", Data(text));
        summary.push_back(line);
    };
    if (!entry.score) add("score_error", "a0", words(language, "choose"));
    if (entry.why_is_too_long())
        add("why_error", "why", words(language, "too_long", "length", std::to_string(entry.why_length)));
    data.set("failed", Data(true));
    data.set("summary", summary);
}

void set_furniture(Data& data, const Survey& survey, std::string_view language, bool failed) {
    const Texts& own = survey.texts(language);
    set(data, "lang", language);
    set(data, "style", texts::survey_css);
    set(data, "title", words(language, failed ? "error_title" : "title", "from", survey.from));
    set(data, "from", survey.from);
    for (const char* key : {"effort", "contact_me", "send", "problem", "error_prefix"})
        set(data, key, words(language, key));
    set(data, "question", own.question);
    set(data, "lowest", or_else(own.lowest, words(language, "lowest")));
    set(data, "highest", or_else(own.highest, words(language, "highest")));
    set(data, "reason", or_else(own.reason, words(language, "reason")));
    set_if(data, "intro", own.intro);
}

sdk::Response html(std::uint32_t status, std::string_view language, std::string body) {
    sdk::Response response;
    response.status = status;
    response.language = language;
    response.body = std::move(body);
    return response;
}

Data notice(std::string_view language, std::string_view title,
            std::initializer_list<std::string_view> paragraphs) {
    Data data;
    set(data, "lang", language);
    set(data, "style", texts::notice_css);
    set(data, "title", title);
    Data list(Data::type::list);
    for (const std::string_view text : paragraphs) {
        Data paragraph;
        set(paragraph, "text", text);
        list.push_back(paragraph);
    }
    data.set("paragraphs", list);
    return data;
}

}  // namespace

sdk::Response survey_page(const Survey& survey, const Visit& visit, const Entry& entry, bool failed) {
    const std::string_view language = survey.language(visit.text("language"));
    Data data;
    set_furniture(data, survey, language, failed);
    set(data, "form_action", visit.text("form_action"));
    set(data, "form_fields", visit.text("form_fields"));
    const bool personal = visit.is_personal();
    set(data, "reason_hint", words(language, personal ? "reason_hint" : "reason_hint_anonymous"));
    set(data, "may_quote", words(language, personal ? "may_quote" : "may_quote_anonymous"));
    set(data, "identity_foot", identity_foot(visit, language));
    set(data, "readers_foot",
        survey.readers.empty() ? std::string() : words(language, "readers_foot", "readers", survey.readers));
    set(data, "why", entry.why);
    data.set("scores", scores_of(entry));
    // Nobody can be contacted who did not say who they are.
    data.set("offer_contact", Data(survey.contact_me && personal));
    data.set("offer_quote", Data(survey.may_quote));
    data.set("contact_checked", Data(entry.contact));
    data.set("quote_checked", Data(entry.quote));
    if (visit.answered()) set(data, "answered", words(language, "answered"));
    if (failed) set_errors(data, entry, language);
    return html(failed ? 422 : 200, language, render(survey_template(), data));
}

sdk::Response missing_page(std::string_view wanted) {
    const std::string_view base = wanted.substr(0, wanted.find('-'));
    const std::string_view language = base == "de" || base == "fr" || base == "es" ? base : "en";
    const Data data = notice(language, words(language, "missing_title"), {words(language, "missing")});
    return html(404, language, render(notice_template(), data));
}

ThanksPage::ThanksPage(const Survey& survey, std::string_view language) : language_(language) {
    const std::string_view thanks = or_else(survey.texts(language).thanks, words(language, "thanks"));
    const auto page = [&](std::string_view promise, std::string_view loop_url) {
        Data data = notice(language, words(language, "thanks_title"), {thanks, words(language, promise)});
        set(data, "from", survey.from);
        set(data, "loop_link", words(language, "loop_link"));
        set_if(data, "loop_url", loop_url);
        return render(notice_template(), data);
    };
    anonymous_ = page("no_promise", {});
    personal_ = page("promise", {});
    const std::string with_link = page("promise", kHole);
    const std::string mark = "href=\"" + std::string(kEscapedHole);
    const std::size_t at = with_link.find(mark) + mark.size();
    before_link_ = with_link.substr(0, at - kEscapedHole.size());
    after_link_ = with_link.substr(at);
}

sdk::Response ThanksPage::page(const Visit& visit) const {
    if (!visit.is_personal()) return html(200, language_, anonymous_);
    const std::string_view loop_url = visit.text("loop_url");
    if (loop_url.empty()) return html(200, language_, personal_);
    return html(200, language_, before_link_ + escaped(loop_url) + after_link_);
}

}  // namespace candour::surveys
