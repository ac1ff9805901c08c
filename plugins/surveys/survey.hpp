/// A survey: pages of questions, in one or more languages.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "condition.hpp"
#include "text.hpp"

namespace candour::surveys {

enum class QuestionType : std::uint8_t {
    score,  ///< 0 to 10
    rating,
    single_choice,
    multiple_choice,
    matrix,  ///< rows of ratings
    short_text,
    long_text,
    consent,
    statement
};

enum class Wish : std::uint8_t { none, contact_me, may_quote };

struct Option {
    std::string id;
    Text text;
    bool write_in = false;  ///< something else, in words of one's own
};

struct Question {
    std::string id;
    QuestionType type = QuestionType::statement;
    Text text, hint, lowest, highest;
    bool required = false;
    std::optional<Condition> show_if;
    int steps = 5;                          ///< rating, matrix: 1 to this
    std::vector<Text> labels;               ///< rating: of each number, or empty
    std::vector<Option> options;            ///< of a choice; the rows of a matrix
    std::size_t at_least = 0, at_most = 0;  ///< options chosen, characters typed; 0: no limit of its own
    Wish grants = Wish::none;

    bool is_text() const { return type == QuestionType::short_text || type == QuestionType::long_text; }
    bool is_number() const { return type == QuestionType::score || type == QuestionType::rating; }
    bool is_choice() const {
        return type == QuestionType::single_choice || type == QuestionType::multiple_choice;
    }
    /// The option of a choice that is written in, or nullptr.
    const Option* write_in() const;
    /// The numbers of a score, of a rating, of each row of a matrix.
    int lowest_number() const { return type == QuestionType::score ? 0 : 1; }
    int highest_number() const { return type == QuestionType::score ? 10 : steps; }
};

struct Page {
    Text title;
    std::optional<Condition> show_if;
    std::vector<Question> questions;
};

struct Gap {
    std::string id, of, minus;
};

struct Thanks {
    std::optional<Condition> when;
    Text text;
};

/// What the link for everybody takes; 0: any number.
struct OpenLink {
    bool works = true;
    std::int64_t answers = 0, per_hour = 0;
};

struct Survey {
    std::string id, name, source, from, readers;
    std::vector<std::string> languages;  ///< the first one is for everybody whose own is missing
    Text intro;
    std::vector<Page> pages;
    std::string score;               ///< the question that is the score, or empty
    std::vector<std::string> words;  ///< the texts that are the customer's words
    std::string declares;            ///< the choice that says how they speak about us, or empty
    std::vector<Gap> gaps;
    std::vector<Thanks> thanks;
    OpenLink open;

    /// The language of the pages: the first of `wanted` that the survey speaks ("de-AT" is "de"), else its
    /// first.
    std::string_view language(const std::vector<std::string_view>& wanted) const;
    std::string_view language(std::string_view wanted) const { return language(std::vector{wanted}); }
    Spoken say(const Text& text, std::string_view language) const {
        return spoken(text, language, languages.front());
    }
    const Question* find(std::string_view question) const;
    /// What its field is called in a form: the score is "a", as the links in mails have it.
    std::string_view field(const Question& question) const {
        return question.id == score ? std::string_view("a") : std::string_view(question.id);
    }
    /// What stands above a list of surveys: the question of the score, else the first one.
    const Question& headline() const;
};

/// Reads a definition against schemas/json/survey.schema.json and the rules that it cannot say. Errors:
/// invalid, with every problem and its JSON pointer.
Result<Survey> read_survey(std::string_view definition_json);

/// What a survey is called in links and keys: short words of a-z and 0-9 with hyphens between.
bool is_survey_id(std::string_view id);

}  // namespace candour::surveys
