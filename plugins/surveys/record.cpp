#include "record.hpp"

#include <algorithm>

namespace candour::surveys {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxThread = 64;

std::string words_of(const Survey& survey, const Answers& answers) {
    std::string words;
    for (const std::string& id : survey.words)
        if (const std::string& text = answers.of(id).text; !text.empty())
            words += (words.empty() ? "" : "\n\n") + text;
    return words;
}

json::value answer_value(const Question& question, const Answer& answer) {
    if (answer.number) return *answer.number;
    if (question.type == QuestionType::consent) return answer.yes;
    if (question.type == QuestionType::single_choice) return json::value(answer.chosen.front());
    if (question.type == QuestionType::multiple_choice) return json::value_from(answer.chosen);
    if (question.type == QuestionType::matrix) return json::value_from(answer.rows);
    return json::value(answer.text);
}

/// The score, and the only text that is the customer's words, stand beside the further answers.
bool stands_elsewhere(const Survey& survey, const Question& question) {
    const bool only_words = survey.words.size() == 1 && survey.words.front() == question.id;
    return question.id == survey.score || only_words || question.grants != Wish::none;
}

json::object further_answers(const Survey& survey, const Answers& answers, const Circumstance& circumstance) {
    json::object further{{"_version", circumstance.version}, {"_complete", circumstance.complete}};
    for (const Page& page : survey.pages)
        for (const Question& question : page.questions) {
            const Answer& answer = answers.of(question.id);
            if (answer.given() && !stands_elsewhere(survey, question))
                further.emplace(question.id, answer_value(question, answer));
            if (!answer.written.empty())
                further.emplace(question.id + "." + question.write_in()->id, answer.written);
        }
    for (const Gap& gap : survey.gaps) {
        const auto of = answers.of(gap.of).number, minus = answers.of(gap.minus).number;
        if (of && minus) further.emplace(gap.id, *of - *minus);
    }
    return further;
}

bool wishes(const Survey& survey, const Answers& answers, Wish wish) {
    for (const Page& page : survey.pages)
        for (const Question& question : page.questions)
            if (question.grants == wish && answers.of(question.id).yes) return true;
    return false;
}

}  // namespace

std::string observation_json(const Survey& survey, const Visit& visit, const Answers& answers,
                             const Circumstance& circumstance) {
    json::object observation;
    observation.reserve(10);
    observation.emplace("about", survey.id);
    if (visit.is_personal()) {
        observation.emplace("subject", visit.subject("message"));
        observation.emplace("item_key", visit.subject("message"));
    } else {
        observation.emplace("item_key",
                            circumstance.thread.empty() ? visit.text("key") : circumstance.thread);
    }
    if (const auto score = answers.of(survey.score).number; score && !survey.score.empty())
        observation.emplace("score", *score);
    if (const std::string words = words_of(survey, answers); !words.empty())
        observation.emplace("verbatim", words);
    observation.emplace("contact_me", wishes(survey, answers, Wish::contact_me));
    observation.emplace("may_quote", wishes(survey, answers, Wish::may_quote));
    observation.emplace("language", circumstance.language);
    observation.emplace("answers", further_answers(survey, answers, circumstance));
    return json::serialize(observation);
}

std::string stance_json(const Survey& survey, const Visit& visit, const Answers& answers,
                        const Circumstance& circumstance) {
    const std::string message(visit.subject("message"));
    return json::serialize(json::object{{"about", survey.id},
                                        {"subject", message},
                                        {"item_key", message + "/stance"},
                                        {"score", answers.of(survey.declares).chosen.front()[0] - '0'},
                                        {"language", circumstance.language}});
}

std::string_view thread_in(const Visit& visit) {
    // Never a message's id, which would be somebody's personal link: those have an underscore.
    const std::string_view thread = visit.form("_thread");
    const bool fits = thread.size() <= kMaxThread && std::ranges::all_of(thread, [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                      });
    return fits ? thread : std::string_view();
}

}  // namespace candour::surveys
