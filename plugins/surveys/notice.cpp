#include "notice.hpp"

#include "catalogue.hpp"
#include "markup.hpp"
#include "surveys_texts.hpp"

namespace candour::surveys {

namespace {

/// Stands for the link while the page is rendered: looked for behind href=" only, where no text of a survey
/// is.
constexpr std::string_view kHole = "<loop>";
constexpr std::string_view kEscapedHole = "&lt;loop&gt;";

struct Paragraph {
    std::string_view words;
    std::string mark;
};

Data notice(std::string_view language, std::string_view title, std::initializer_list<Paragraph> paragraphs) {
    Data data;
    set(data, "lang", language);
    set_flag(data, "rtl", runs_right_to_left(language));
    set(data, "style", texts::notice_css);
    set(data, "title", title);
    Data list(Data::type::list);
    for (const Paragraph& one : paragraphs) {
        Data paragraph;
        set(paragraph, "text", one.words);
        set(paragraph, "mark", one.mark);
        list.push_back(paragraph);
    }
    data.set("paragraphs", list);
    return data;
}

sdk::Response html(std::uint32_t status, std::string_view language, std::string body) {
    sdk::Response response;
    response.status = status;
    response.language = language;
    response.body = std::move(body);
    return response;
}

sdk::Response plain_notice(std::uint32_t status, std::string_view wanted, std::string_view title,
                           std::string_view text) {
    const std::string_view language = catalogue_language(wanted);
    return html(status, language,
                render_notice(notice(language, words(language, title), {{words(language, text), {}}})));
}

}  // namespace

sdk::Response missing_page(std::string_view language) {
    return plain_notice(404, language, "missing_title", "missing");
}

sdk::Response closed_page(std::string_view language) {
    return plain_notice(410, language, "closed_title", "closed");
}

sdk::Response busy_page(std::string_view language) {
    return plain_notice(429, language, "busy_title", "busy");
}

ThanksPage::ThanksPage(const Survey& survey, std::string_view language, std::string_view organisation,
                       const Spoken& own)
    : language_(language) {
    const std::string_view furniture = catalogue_language(language);
    const std::string mark = furniture == language.substr(0, language.find('-'))
                                 ? std::string()
                                 : language_mark(furniture, language);
    const bool says = !own.words.empty();
    const std::string_view thanks = says ? own.words : words(language, "thanks");
    const std::string thanks_mark = says ? language_mark(own.language, language) : mark;
    const auto page = [&](std::string_view promise, std::string_view loop_url) {
        Data data = notice(language, words(language, "thanks_title"),
                           {{thanks, thanks_mark}, {words(language, promise), mark}});
        set_if(data, "from", survey.from.empty() ? organisation : std::string_view(survey.from));
        set(data, "own", mark);
        set(data, "loop_link", words(language, "loop_link"));
        set_if(data, "loop_url", loop_url);
        return render_notice(data);
    };
    anonymous_ = page("no_promise", {});
    personal_ = page("promise", {});
    tried_ = page("test", {});
    const std::string with_link = page("promise", kHole);
    const std::string hole = "href=\"" + std::string(kEscapedHole);
    const std::size_t at = with_link.find(hole) + hole.size();
    before_link_ = with_link.substr(0, at - kEscapedHole.size());
    after_link_ = with_link.substr(at);
}

sdk::Response ThanksPage::page(const Visit& visit) const {
    if (visit.is_test()) return html(200, language_, tried_);
    if (!visit.is_personal()) return html(200, language_, anonymous_);
    const std::string_view loop_url = visit.text("loop_url");
    if (loop_url.empty()) return html(200, language_, personal_);
    return html(200, language_, before_link_ + escaped(loop_url) + after_link_);
}

}  // namespace candour::surveys
