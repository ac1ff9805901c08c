#include "answering.hpp"

#include <algorithm>
#include <charconv>

#include "record.hpp"
#include "variables.hpp"

namespace candour::surveys {

namespace {

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = ec == std::errc() && end == text.data() + text.size() && !text.empty();
    return whole ? std::optional<std::uint64_t>(number) : std::nullopt;
}

std::size_t first_page(const Shown& shown) {
    for (std::size_t i = 0; i < shown.size(); ++i)
        if (!shown[i].empty()) return i;
    return 0;
}

/// The page that the form was; what cannot be one is the first.
std::size_t page_of(const Visit& visit, const Shown& shown) {
    const auto page = number_in(visit.form("_page"));
    return page && *page < shown.size() && !shown[*page].empty() ? *page : first_page(shown);
}

bool goes_back(const Visit& visit) {
    return !visit.form("_back").empty();
}

/// The first page up to this one on which something is missing. A form that skips a page is sent back to it.
std::optional<std::size_t> page_with_flaws(View& view) {
    for (std::size_t i = 0; i <= view.page; ++i) {
        view.flaws = flaws_of(view.survey, view.shown[i], view.answers);
        if (!view.flaws.empty()) return i;
    }
    return std::nullopt;
}

sdk::Response refusal(Opening opening, std::string_view language) {
    return opening == Opening::closed ? closed_page(language) : busy_page(language);
}

}  // namespace

Result<sdk::Response> Answering::show(const Visit& visit) {
    const Result<std::shared_ptr<Edition>> found = shelf_.find(visit.survey());
    if (!found && found.error().code == ErrorCode::not_found) return missing_page(visit.text("language"));
    if (!found) return found.error();
    const Survey& survey = (*found)->survey();
    if (!visit.is_personal()) {
        const Result<Opening> opening = gate_.look(survey);
        if (!opening) return opening.error();
        if (*opening != Opening::open) return refusal(*opening, visit.text("language"));
    } else if (const auto begun = begun_.find(visit)) {
        return resume(visit, *begun);
    }
    return begin(visit, **found);
}

sdk::Response Answering::begin(const Visit& visit, const Edition& edition) {
    const Survey& survey = edition.survey();
    Answers answers = read_query(survey, visit);
    const Shown shown = shown_to(survey, answers, visit.is_personal());
    return survey_page(View{survey, edition.version(), visit, answers, shown, first_page(shown), {}, {}});
}

Result<sdk::Response> Answering::try_out(const Visit& visit) {
    const Result<Trial> trial = shelf_.trial(visit.subject("message"));
    if (!trial && trial.error().code == ErrorCode::not_found) return missing_page(visit.text("language"));
    if (!trial) return trial.error();
    const Visit reader = trial->language.empty() ? visit : visit.reading(trial->language);
    if (!reader.is_post()) return begin(reader, *trial->edition);
    return go_on(reader, *trial->edition, 1);
}

/// Whoever presses another number in their mail than the one they had chosen begins at the beginning, with
/// what they said.
Result<sdk::Response> Answering::resume(const Visit& visit, const Begun& begun) {
    Result<std::shared_ptr<Edition>> found = shelf_.find(visit.survey(), begun.version);
    if (!found) found = shelf_.find(visit.survey());
    if (!found) return found.error();
    const Survey& survey = (*found)->survey();
    const Visit said = visit.saying(begun.form);
    Answers answers = read_form(survey, said);
    const Answer chosen = read_query(survey, visit).of(survey.score);
    const bool another = chosen.given() && chosen.number != answers.of(survey.score).number;
    if (another) answers.put(survey.score, chosen);
    const Shown shown = shown_to(survey, answers, true);
    const bool there = !another && begun.page < shown.size() && !shown[begun.page].empty();
    return survey_page(View{
        survey, (*found)->version(), said, answers, shown, there ? begun.page : first_page(shown), {}, {}});
}

Result<std::shared_ptr<Edition>> Answering::edition_of(const Visit& visit) {
    const auto version = number_in(visit.form("_version"));
    if (version && *version != kNewest) {
        Result<std::shared_ptr<Edition>> its = shelf_.find(visit.survey(), *version);
        if (its || its.error().code != ErrorCode::not_found) return its;
    }
    return shelf_.find(visit.survey());
}

Result<sdk::Response> Answering::take(const Visit& visit, std::uint32_t attempt) {
    const Result<std::shared_ptr<Edition>> found = edition_of(visit);
    if (!found && found.error().code == ErrorCode::not_found) return missing_page(visit.text("language"));
    if (!found) return found.error();
    return go_on(visit, **found, attempt);
}

Result<sdk::Response> Answering::go_on(const Visit& visit, Edition& edition, std::uint32_t attempt) {
    const Survey& survey = edition.survey();
    Answers answers = read_form(survey, visit);
    const Shown shown = shown_to(survey, answers, visit.is_personal());
    View view{survey, edition.version(),     visit, answers,
              shown,  page_of(visit, shown), {},    std::string(thread_in(visit))};
    if (goes_back(visit)) {
        view.page = page_before(shown, view.page).value_or(view.page);
        return survey_page(view);
    }
    if (const auto flawed = page_with_flaws(view)) {
        view.page = *flawed;
        return survey_page(view);
    }
    if (const auto next = next_page(shown, view.page)) return keep_partial(std::move(view), *next);
    return keep_whole(edition, view, attempt);
}

Done Answering::put(std::string_view stream, const View& view, bool complete) {
    if (view.visit.is_test()) return done();
    const std::string_view language = view.survey.language(view.visit.languages());
    const std::string observation = observation_json(view.survey, view.visit, view.answers,
                                                     {view.version, complete, view.thread, language});
    return host_.ingest().put(stream, view.visit.text("key"), observation);
}

Result<sdk::Response> Answering::keep_partial(View view, std::size_t next) {
    if (!view.visit.is_personal()) {
        const Result<Opening> opening = gate_.look(view.survey);
        if (!opening) return opening.error();
        if (*opening != Opening::open) return refusal(*opening, view.visit.text("language"));
    }
    if (view.answers.any_given())
        if (const Done kept = put(kPartialStream, view, false); !kept) return kept.error();
    if (view.thread.empty() && !view.visit.is_personal()) view.thread = view.visit.text("key");
    view.page = next;
    if (!view.visit.is_test()) begun_.keep(view);
    return survey_page(view);
}

Result<sdk::Response> Answering::keep_whole(Edition& edition, const View& view, std::uint32_t attempt) {
    if (!view.visit.is_personal() && attempt == 1) {
        const Result<Opening> opening = gate_.pass(view.survey);
        if (!opening) return opening.error();
        if (*opening != Opening::open) return refusal(*opening, view.visit.text("language"));
    }
    if (const Done kept = put(kAnswerStream, view, true); !kept) return kept.error();
    if (const Done kept = put_stance(view); !kept) return kept.error();
    if (!view.visit.is_test()) begun_.end(view.visit);
    return thanks(edition, view);
}

/// Of somebody whom we know alone: a rate of people counts people.
Done Answering::put_stance(const View& view) {
    const Survey& survey = view.survey;
    if (view.visit.is_test()) return done();
    if (survey.declares.empty() || !view.visit.is_personal() || !view.answers.of(survey.declares).given())
        return done();
    const std::string_view language = survey.language(view.visit.languages());
    const std::string stance =
        stance_json(survey, view.visit, view.answers, {view.version, true, view.thread, language});
    return host_.ingest().put(kStanceStream, std::string(view.visit.text("key")) + "/stance", stance);
}

sdk::Response Answering::thanks(Edition& edition, const View& view) {
    const Survey& survey = view.survey;
    const std::string_view language = survey.language(view.visit.languages());
    const std::string_view organisation = view.visit.text("organisation");
    const auto fits = std::ranges::find_if(
        survey.thanks, [&view](const Thanks& one) { return !one.when || holds(*one.when, view.answers); });
    const auto number = static_cast<std::size_t>(fits - survey.thanks.begin());
    if (fits == survey.thanks.end()) return edition.thanks(language, organisation, number).page(view.visit);
    Spoken own = survey.say(fits->text, language);
    if (own.words.find('{') == std::string::npos)
        return edition.thanks(language, organisation, number).page(view.visit);
    own.words = filled(own.words, [&](std::string_view variable) {
        return value_of(variable, survey, view.visit, view.answers, language);
    });
    return ThanksPage(survey, language, organisation, own).page(view.visit);
}

}  // namespace candour::surveys
