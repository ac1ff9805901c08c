#include "page.hpp"

#include <algorithm>

#include "catalogue.hpp"
#include "question_data.hpp"
#include "surveys_texts.hpp"
#include "variables.hpp"

namespace candour::surveys {

namespace {

bool asks_about(const Condition& condition, const Page& page) {
    const auto within = [&](const Condition& part) { return asks_about(part, page); };
    const auto named = [&](const Question& question) { return question.id == condition.question; };
    return std::ranges::any_of(page.questions, named) || std::ranges::any_of(condition.all, within) ||
           std::ranges::any_of(condition.any, within) || std::ranges::any_of(condition.none, within);
}

/// Something follows, or may follow from what is answered here: a button never says "send" too early.
bool may_go_on(const View& view) {
    const Page& here = view.survey.pages[view.page];
    const auto depends = [&](const Page& later) {
        const auto asked = [&](const Question& question) {
            return question.show_if && asks_about(*question.show_if, here);
        };
        return (later.show_if && asks_about(*later.show_if, here)) ||
               std::ranges::any_of(later.questions, asked);
    };
    const auto rest = view.survey.pages.begin() + static_cast<std::ptrdiff_t>(view.page) + 1;
    return next_page(view.shown, view.page).has_value() ||
           std::any_of(rest, view.survey.pages.end(), depends);
}

/// Fewer than so many questions are said as a number of questions.
constexpr std::size_t kFew = 2;
/// Questions that take a minute.
constexpr std::size_t kPerMinute = 5;

std::size_t asked(const Survey& survey) {
    std::size_t count = 0;
    for (const Page& page : survey.pages)
        count += static_cast<std::size_t>(std::ranges::count_if(page.questions, [](const Question& question) {
            return question.type != QuestionType::consent && question.type != QuestionType::statement;
        }));
    return count;
}

std::string_view sender(const View& view) {
    return view.survey.from.empty() ? view.visit.text("organisation") : std::string_view(view.survey.from);
}

std::string identity_foot(const View& view, std::string_view language) {
    if (!view.personal()) return words(language, "anonymous_foot");
    const std::string_view name = view.visit.subject("contact_name");
    return name.empty() ? words(language, "personal_foot")
                        : words(language, "named_foot", {{"name", std::string(name)}});
}

std::string question_words(const Speech& speech, const Question& question) {
    return question.text.empty() ? std::string() : speech.say(question.text).words;
}

/// One problem is said in the words that stand beside its field; of several each names its question.
void set_summary(Data& data, const View& view, const Speech& speech) {
    Data summary(Data::type::list);
    for (const Flaw& flaw : view.flaws) {
        const std::string problem = problem_of(speech.language, flaw);
        const std::string asked_for = question_words(speech, *flaw.question);
        Data line;
        set(line, "target", target_of(view.survey, flaw));
        set(line, "line",
            view.flaws.size() == 1 || asked_for.empty()
                ? problem
                : words(speech.language, "problem_at", {{"question", asked_for}, {"problem", problem}}));
        summary.push_back(line);
    }
    set_flag(data, "failed", true);
    data.set("summary", summary);
}

void set_furniture(Data& data, const View& view, const Speech& speech) {
    const std::string_view language = speech.language;
    set(data, "lang", language);
    set_flag(data, "rtl", runs_right_to_left(language));
    set(data, "style", texts::survey_css);
    set(data, "own", speech.furniture_mark());
    set(data, "title", title_of(view.survey, sender(view), language, !view.flaws.empty()));
    set(data, "from", sender(view));
    for (const char* key : {"problem", "error_prefix"}) set(data, key, words(language, key));
    const bool first = !page_before(view.shown, view.page).has_value();
    set(data, "progress",
        first ? effort(view.survey, language)
              : words(language, "page_of", {{"page", std::to_string(view.page + 1)}}));
    set(data, "send", words(language, may_go_on(view) ? "continue" : "send"));
    if (!first) set(data, "back", words(language, "back"));
    if (view.preview) set(data, "preview", words(language, "preview"));
    if (view.visit.is_test()) set(data, "preview", words(language, "test"));
    if (first && view.visit.answered() && !view.visit.is_post())
        set(data, "answered", words(language, "answered"));
    set(data, "identity_foot", identity_foot(view, language));
    set(data, "readers_foot",
        view.survey.readers.empty() ? std::string()
                                    : words(language, "readers_foot", {{"readers", view.survey.readers}}));
}

const Flaw* flaw_at(const View& view, const Question& question) {
    const auto found =
        std::ranges::find_if(view.flaws, [&](const Flaw& flaw) { return flaw.question == &question; });
    return found == view.flaws.end() ? nullptr : &*found;
}

/// A page has one heading: its title, else its first question, else the title of the whole.
void set_questions(Data& data, const View& view, const Speech& speech) {
    const Page& page = view.survey.pages[view.page];
    bool headed = !page.title.empty();
    if (headed) {
        const Spoken spoken = speech.say(page.title);
        set(data, "heading", spoken.words);
        set(data, "heading_mark", language_mark(spoken.language, speech.language));
    }
    Data questions(Data::type::list);
    for (const Question* question : view.shown[view.page]) {
        const bool first = !headed && question->type != QuestionType::consent && !question->text.empty();
        headed = headed || first;
        questions.push_back(
            question_data(speech, *question, view.answers.of(question->id), flaw_at(view, *question), first));
    }
    if (!headed)
        set(data, "heading", title_of(view.survey, sender(view), speech.language, !view.flaws.empty()));
    data.set("questions", questions);
}

void set_kept(Data& data, const View& view) {
    Data kept(Data::type::list);
    const auto keep = [&kept](std::string_view name, std::string_view value) {
        Data field;
        set(field, "name", name);
        set(field, "value", value);
        kept.push_back(field);
    };
    keep("_version", std::to_string(view.version));
    if (view.survey.pages.size() > 1) keep("_page", std::to_string(view.page));
    if (!view.thread.empty()) keep("_thread", view.thread);
    // Answers of later pages, too: who goes back loses nothing.
    for (std::size_t i = 0; i < view.survey.pages.size(); ++i)
        for (const Question& question : view.survey.pages[i].questions)
            if (i != view.page)
                for (const auto& [name, value] :
                     fields_of(view.survey, question, view.answers.of(question.id)))
                    keep(name, value);
    data.set("kept", kept);
}

std::string said_again(const Survey& survey, const Question& question, const Answer& answer,
                       std::string_view language) {
    if (answer.number) return std::to_string(*answer.number);
    std::string said = answer.text;
    for (const Option& option : question.options)
        if (std::ranges::find(answer.chosen, option.id) != answer.chosen.end())
            said += (said.empty() ? "" : ", ") + survey.say(option.text, language).words;
    return said;
}

}  // namespace

std::string title_of(const Survey& survey, std::string_view from, std::string_view language, bool failed) {
    const bool one = survey.pages.size() == 1 && asked(survey) <= kFew;
    const char* key = failed ? (one ? "error_title" : "error_title_many") : (one ? "title" : "title_many");
    return words(language, key, {{"from", std::string(from)}});
}

std::string effort(const Survey& survey, std::string_view language) {
    const std::size_t count = asked(survey), minutes = (count + kPerMinute - 1) / kPerMinute;
    if (count <= kFew) return words(language, count == kFew ? "effort" : "effort_one");
    if (minutes == 1) return words(language, "effort_minute");
    return words(language, "effort_minutes", {{"minutes", std::to_string(minutes)}});
}

std::string value_of(std::string_view variable, const Survey& survey, const Visit& visit,
                     const Answers& answers, std::string_view language) {
    if (variable == "contact.name") return std::string(visit.subject("contact_name"));
    if (variable == "account.name") return std::string(visit.subject("account_name"));
    if (variable == "organisation") return std::string(visit.text("organisation"));
    const Question* question =
        survey.find(variable.substr(std::min(kAnswerVariable.size(), variable.size())));
    return question ? said_again(survey, *question, answers.of(question->id), language) : std::string();
}

std::optional<std::size_t> next_page(const Shown& shown, std::size_t page) {
    for (std::size_t i = page + 1; i < shown.size(); ++i)
        if (!shown[i].empty()) return i;
    return std::nullopt;
}

std::optional<std::size_t> page_before(const Shown& shown, std::size_t page) {
    for (std::size_t i = std::min(page, shown.size()); i-- > 0;)
        if (!shown[i].empty()) return i;
    return std::nullopt;
}

sdk::Response survey_page(const View& view) {
    const std::string_view language = view.survey.language(view.visit.languages());
    const Speech speech{view.survey, language, view.personal(), [&view, language](std::string_view variable) {
                            return value_of(variable, view.survey, view.visit, view.answers, language);
                        }};
    Data data;
    set_furniture(data, view, speech);
    set(data, "form_action", view.visit.text("form_action"));
    set(data, "form_fields", view.visit.text("form_fields"));
    if (!view.survey.intro.empty() && !page_before(view.shown, view.page)) {
        const Spoken intro = speech.say(view.survey.intro);
        set(data, "intro", intro.words);
        set(data, "intro_mark", language_mark(intro.language, language));
    }
    set_questions(data, view, speech);
    set_kept(data, view);
    if (!view.flaws.empty()) set_summary(data, view, speech);
    sdk::Response response;
    response.status = view.flaws.empty() ? 200 : 422;
    response.language = language;
    response.body = render_survey(data);
    return response;
}

}  // namespace candour::surveys
