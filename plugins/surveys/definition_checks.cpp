#include <algorithm>
#include <array>

#include "definition.hpp"
#include "variables.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

/// The host's own fields of a form, and the score's.
constexpr std::array<std::string_view, 6> kTakenFields{"nonce",     "gesture", "topic_code",
                                                       "press_all", "leave",   "a"};
/// After the last page, where every answer is known.
constexpr std::size_t kEnd = 1'000;

/// "a3" is the fourth number of the score.
bool is_taken(std::string_view id, bool is_score) {
    if (id == "a" && is_score) return false;
    if (std::ranges::find(kTakenFields, id) != kTakenFields.end()) return true;
    return id.size() > 1 && id[0] == 'a' && id.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool has_number(const Question& question) {
    return question.is_number() || question.type == QuestionType::matrix;
}

bool is_stance(const Question& question) {
    return question.type == QuestionType::single_choice &&
           std::ranges::all_of(question.options, [](const Option& option) {
               return option.id.size() == 1 && option.id[0] >= '0' && option.id[0] <= '5';
           });
}

bool can_be_said_again(const Question& question) {
    return question.is_number() || question.is_choice() || question.type == QuestionType::short_text;
}

struct Part {
    const char* key;
    bool fits;
    const char* whose;
};

}  // namespace

void DefinitionReader::check_question(const Question& question, const json::object& from,
                                      const std::string& place) {
    const bool choice = question.is_choice(), matrix = question.type == QuestionType::matrix;
    const bool numbers = has_number(question), rating = question.type == QuestionType::rating;
    const bool consent = question.type == QuestionType::consent;
    const bool counted = question.is_text() || question.type == QuestionType::multiple_choice;
    for (const Part& part :
         {Part{"options", choice, "a choice"}, Part{"rows", matrix, "a matrix"},
          Part{"steps", rating || matrix, "a rating or a matrix"}, Part{"labels", rating, "a rating"},
          Part{"lowest", numbers, "a score, a rating or a matrix"},
          Part{"highest", numbers, "a score, a rating or a matrix"}, Part{"grants", consent, "a consent"},
          Part{"at_least", question.type == QuestionType::multiple_choice, "a multiple_choice"},
          Part{"at_most", counted, "a multiple_choice or a text"},
          Part{"required", question.type != QuestionType::statement, "a question"}})
        if (from.contains(part.key) && !part.fits)
            note(place + "/" + part.key, std::string("expected only of ") + part.whose);
    if ((choice || matrix) && question.options.empty())
        note(place, std::string("expected ") + (matrix ? "rows" : "options") + ", found none");
    if (question.text.empty() && question.grants == Wish::none)
        note(place + "/text", "expected a text, found none");
    if (is_taken(question.id, question.type == QuestionType::score))
        note(place + "/id", "'" + question.id + "' is taken by every form, take another id");
    if (!question.labels.empty() && question.labels.size() != static_cast<std::size_t>(question.steps))
        note(place + "/labels", "expected one for each of the " + std::to_string(question.steps) +
                                    " steps, found " + std::to_string(question.labels.size()));
    if (matrix && question.write_in() != nullptr)
        note(place + "/rows", "expected write_in only of an option of a choice");
    if (choice && std::ranges::count_if(question.options, &Option::write_in) > 1)
        note(place + "/options", "expected one option to write in, found several");
    if (choice && question.at_most != 0 && question.at_most < question.at_least)
        note(place + "/at_most", "expected at least at_least");
    if (choice && question.at_least > question.options.size())
        note(place + "/at_least", "expected at most as many as there are options");
}

const DefinitionReader::Known* DefinitionReader::earlier(const std::string& question,
                                                         const std::string& place, std::size_t page) {
    const auto known = known_.find(question);
    if (known != known_.end() && known->second.page < page) return &known->second;
    const bool exists = std::ranges::find(all_ids_, question) != all_ids_.end();
    note(place, "expected a question of an earlier page, found '" + question + "', which " +
                    (exists ? "is asked on this page or later: a page cannot change while it is filled in"
                            : "no page asks"));
    return nullptr;
}

void DefinitionReader::check_words(std::string_view words, const std::string& place, std::size_t page) {
    const Result<std::vector<Piece>> pieces = pieces_of(words);
    if (!pieces) return note(place, pieces.error().message);
    for (const Piece& piece : *pieces)
        if (!piece.variable.empty()) check_variable(piece.variable, piece.has_fallback, place, page);
}

void DefinitionReader::check_variable(const std::string& variable, bool has_fallback,
                                      const std::string& place, std::size_t page) {
    if (variable == "organisation") return;
    bool needs_fallback = true;
    if (variable.starts_with(kAnswerVariable)) {
        const Known* known = earlier(variable.substr(kAnswerVariable.size()), place, page);
        if (!known) return;
        if (!can_be_said_again(*known->question))
            return note(place,
                        "{" + variable + "}: expected the answer to a number, a choice or a short text");
        needs_fallback = !known->always_answered;
    } else if (variable != "contact.name" && variable != "account.name") {
        return note(place,
                    "expected a variable among contact.name, account.name, organisation and "
                    "answer.<question>, found {" +
                        variable + "}");
    }
    if (needs_fallback && !has_fallback)
        note(place, "expected what is said when there is nothing, as in {" + variable + "|…}, found {" +
                        variable + "}");
}

std::optional<Condition> DefinitionReader::condition_at(const json::object& from, const char* key,
                                                        const std::string& place, std::size_t page) {
    const json::value* value = from.if_contains(key);
    if (!value) return std::nullopt;
    return read_condition(value->get_object(), place + "/" + key, page);
}

Condition DefinitionReader::read_condition(const json::object& from, const std::string& place,
                                           std::size_t page) {
    Condition condition;
    const auto several = [&](const char* key, std::vector<Condition>& into) {
        const json::value* list = from.if_contains(key);
        for (std::size_t i = 0; list && i < list->get_array().size(); ++i)
            into.push_back(read_condition(list->get_array()[i].get_object(),
                                          place + "/" + key + "/" + std::to_string(i), page));
    };
    several("all", condition.all);
    several("any", condition.any);
    if (const json::value* part = from.if_contains("not"))
        condition.none.push_back(read_condition(part->get_object(), place + "/not", page));
    const auto text = [&from](const char* key) {
        const json::value* value = from.if_contains(key);
        return value ? std::string(value->get_string()) : std::string();
    };
    const auto number = [&from](const char* key) {
        const json::value* value = from.if_contains(key);
        return value ? std::optional<int>(value->to_number<int>()) : std::nullopt;
    };
    condition.question = text("question");
    condition.row = text("row");
    if (const json::value* answered = from.if_contains("answered")) condition.answered = answered->get_bool();
    condition.at_least = number("at_least");
    condition.at_most = number("at_most");
    if (const json::value* is = from.if_contains("is"))
        for (const json::value& option : is->get_array()) condition.is.emplace_back(option.get_string());
    check_condition(condition, place, page);
    return condition;
}

void DefinitionReader::check_condition(const Condition& condition, const std::string& place,
                                       std::size_t page) {
    const bool asks = condition.answered || condition.at_least || condition.at_most || !condition.is.empty();
    if (condition.question.empty()) {
        if (asks || !condition.row.empty())
            note(place, "expected the question that this is about, found none");
        return;
    }
    if (!asks) note(place, "expected answered, at_least, at_most or is, found none of them");
    const Known* known = earlier(condition.question, place + "/question", page);
    if (!known) return;
    const Question& question = *known->question;
    const auto has_option = [&question](const std::string& id) {
        return std::ranges::any_of(question.options, [&id](const Option& option) { return option.id == id; });
    };
    if ((condition.at_least || condition.at_most) && !has_number(question))
        note(place, "expected a question with numbers, found '" + question.id + "'");
    if (question.type == QuestionType::statement) note(place + "/question", "a statement is never answered");
    const bool by_row = question.type == QuestionType::matrix && (condition.at_least || condition.at_most);
    if (by_row
            ? !has_option(condition.row)
            : !condition.row.empty() && (question.type != QuestionType::matrix || !has_option(condition.row)))
        note(place + "/row", "expected a row of '" + question.id + "', found '" + condition.row + "'");
    for (const std::string& option : condition.is)
        if (!(question.is_choice() && has_option(option)) &&
            !(question.type == QuestionType::consent && option == "yes"))
            note(place + "/is", "expected what '" + question.id + "' offers, found '" + option + "'");
}

void DefinitionReader::read_roles(Survey& survey) {
    if (const json::value* score = document_.if_contains("score")) {
        survey.score = score->get_string();
        const Question* question = survey.find(survey.score);
        if (!question || question->type != QuestionType::score)
            note("/score", "expected a question of the type score, found '" + survey.score + "'");
    }
    if (const json::value* declares = document_.if_contains("declares")) {
        survey.declares = declares->get_string();
        const Question* question = survey.find(survey.declares);
        if (!question || !is_stance(*question))
            note("/declares",
                 "expected a single_choice with options 0 to 5, found '" + survey.declares + "'");
    }
    const json::value* words = document_.if_contains("words");
    if (words)
        for (const json::value& id : words->get_array()) survey.words.emplace_back(id.get_string());
    for (const std::string& id : survey.words)
        if (const Question* question = survey.find(id); !question || !question->is_text())
            note("/words", "expected a short_text or a long_text, found '" + id + "'");
    for (const Page& page : survey.pages)
        for (const Question& question : page.questions) {
            if (survey.score.empty() && question.type == QuestionType::score) survey.score = question.id;
            if (!words && question.type == QuestionType::long_text) survey.words.push_back(question.id);
            if (question.id == "a" && question.type == QuestionType::score && survey.score != "a")
                note("/score", "the question 'a' has the score's own name, but another one is the score");
        }
}

void DefinitionReader::read_gaps(Survey& survey) {
    const json::value* gaps = document_.if_contains("gaps");
    for (std::size_t i = 0; gaps && i < gaps->get_array().size(); ++i) {
        const json::object& from = gaps->get_array()[i].get_object();
        const std::string place = "/gaps/" + std::to_string(i);
        Gap gap{std::string(from.at("id").get_string()), std::string(from.at("of").get_string()),
                std::string(from.at("minus").get_string())};
        const Question* of = survey.find(gap.of);
        const Question* minus = survey.find(gap.minus);
        if (survey.find(gap.id)) note(place + "/id", "expected an id of its own, found a question's");
        if (!of || !minus || !of->is_number() || !minus->is_number() ||
            of->highest_number() != minus->highest_number() || of->type != minus->type)
            note(place, "expected two questions with the same numbers");
        survey.gaps.push_back(std::move(gap));
    }
}

void DefinitionReader::read_thanks(Survey& survey) {
    const json::value* thanks = document_.if_contains("thanks");
    for (std::size_t i = 0; thanks && i < thanks->get_array().size(); ++i) {
        const json::object& from = thanks->get_array()[i].get_object();
        const std::string place = "/thanks/" + std::to_string(i);
        survey.thanks.push_back({condition_at(from, "if", place, kEnd), text_at(from, "text", place, kEnd)});
    }
}

}  // namespace candour::surveys
