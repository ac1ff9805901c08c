#include "question_data.hpp"

#include <algorithm>

#include "catalogue.hpp"
#include "variables.hpp"

namespace candour::surveys {

namespace {

/// Words with the mark of their language, under `key` and `key_mark`.
void set_spoken(Data& data, const std::string& key, const Spoken& spoken, std::string_view page_language) {
    set_if(data, key, spoken.words);
    set(data, key + "_mark", language_mark(spoken.language, page_language));
}

void set_words(Data& data, const std::string& key, const Speech& speech, std::string text) {
    set_if(data, key, text);
    set(data, key + "_mark", speech.furniture_mark());
}

struct Cell {
    std::string field, value, id;
    bool radio, required, checked, invalid;
};

Data cell_data(const Cell& cell) {
    Data data;
    set(data, "name", cell.field);
    set(data, "value", cell.value);
    set(data, "cell", cell.id);
    set(data, "kind", cell.radio ? "radio" : "checkbox");
    set_flag(data, "needed", cell.required);
    set_flag(data, "checked", cell.checked);
    set_flag(data, "invalid", cell.invalid);
    return data;
}

/// The numbers of a score, a rating or a row. The score's ids are "a0" to "a10", others "field-1".
Data numbers_of(const Question& question, const std::string& field, std::optional<int> chosen, bool invalid) {
    Data cells(Data::type::list);
    const bool score = question.type == QuestionType::score;
    for (int number = question.lowest_number(); number <= question.highest_number(); ++number) {
        const bool first = number == question.lowest_number();
        const std::string value = std::to_string(number);
        cells.push_back(cell_data({field, value, field + (score ? "" : "-") + value, true,
                                   first && question.required, chosen == number, first && invalid}));
    }
    return cells;
}

Data line_data(const Question& question, const std::string& field, std::optional<int> chosen, bool invalid) {
    Data line;
    set(line, "grid", question.type == QuestionType::score ? "" : " n" + std::to_string(question.steps));
    line.set("cells", numbers_of(question, field, chosen, invalid));
    return line;
}

Data lines_of(const Speech& speech, const Question& question, const std::string& field, const Answer& answer,
              bool bad) {
    Data lines(Data::type::list);
    if (question.type != QuestionType::matrix) {
        lines.push_back(line_data(question, field, answer.number, bad));
        return lines;
    }
    for (const Option& row : question.options) {
        const auto chosen = answer.rows.find(row.id);
        const bool given = chosen != answer.rows.end();
        Data line = line_data(question, field + "." + row.id,
                              given ? std::optional<int>(chosen->second) : std::nullopt, bad && !given);
        set_spoken(line, "row", speech.say(row.text), speech.language);
        lines.push_back(line);
    }
    return lines;
}

Data options_of(const Speech& speech, const Question& question, const std::string& field,
                const Answer& answer, bool bad) {
    Data cells(Data::type::list);
    const bool many = question.type == QuestionType::multiple_choice;
    std::size_t i = 0;
    const auto add = [&](const std::string& value, const Text& text, bool chosen) {
        const bool first = i == 0;
        Data data = cell_data({many ? field + "." + value : field, many ? "1" : value,
                               field + "-" + std::to_string(++i), !many, first && question.required && !many,
                               chosen, first && bad});
        set_spoken(data, "label", speech.say(text), speech.language);
        cells.push_back(data);
    };
    for (const Option& option : question.options)
        add(option.id, option.text, std::ranges::find(answer.chosen, option.id) != answer.chosen.end());
    for (std::size_t step = 0; step < question.labels.size(); ++step)
        add(std::to_string(step + 1), question.labels[step], answer.number == static_cast<int>(step) + 1);
    return cells;
}

/// The field beside the option to write in.
void set_write_in(Data& data, const Speech& speech, const Question& question, const std::string& field,
                  const Answer& answer) {
    const Option* const option = question.write_in();
    if (option == nullptr) return;
    set(data, "write_in", field + "." + option->id + ".text");
    set(data, "write_in_label",
        words(speech.language, "write_in", {{"option", speech.say(option->text).words}}));
    set(data, "written", answer.written);
    set(data, "written_most", std::to_string(kMaxShortText));
}

std::string own_hint(const Speech& speech, const Question& question) {
    const std::string_view language = speech.language;
    if (question.type == QuestionType::multiple_choice)
        return question.at_most == 0
                   ? words(language, "any_hint")
                   : words(language, "at_most_hint", {{"most", std::to_string(question.at_most)}});
    if (!question.is_text() || question.required) return {};
    const auto& said = speech.survey.words;
    if (std::ranges::find(said, question.id) == said.end()) return words(language, "optional");
    return words(language, speech.personal ? "reason_hint" : "reason_hint_anonymous");
}

void set_hint(Data& data, const Speech& speech, const Question& question) {
    if (!question.hint.empty())
        set_spoken(data, "hint", speech.say(question.hint), speech.language);
    else
        set_words(data, "hint", speech, own_hint(speech, question));
}

void set_text(Data& data, const Speech& speech, const Question& question) {
    if (!question.text.empty()) return set_spoken(data, "text", speech.say(question.text), speech.language);
    const bool quote = question.grants == Wish::may_quote;
    set_words(data, "text", speech,
              words(speech.language, !quote            ? "contact_me"
                                     : speech.personal ? "may_quote"
                                                       : "may_quote_anonymous"));
}

/// ` aria-describedby="…"` of what there is, or nothing.
std::string described_by(const std::string& field, bool hint, bool error) {
    if (!hint && !error) return {};
    return " aria-describedby=\"" + (hint ? field + "-h" : std::string()) + (hint && error ? " " : "") +
           (error ? field + "-e" : std::string()) + "\"";
}

const char* kind_of(const Question& question) {
    switch (question.type) {
        case QuestionType::score:
        case QuestionType::matrix:
            return "numbers";
        case QuestionType::rating:
            return question.labels.empty() ? "numbers" : "choice";
        case QuestionType::single_choice:
        case QuestionType::multiple_choice:
            return "choice";
        case QuestionType::short_text:
            return "line";
        case QuestionType::long_text:
            return "area";
        case QuestionType::consent:
            return "consent";
        case QuestionType::statement:
            return "statement";
    }
    return "statement";
}

void set_ends(Data& data, const Speech& speech, const Question& question) {
    set_spoken(data, "lowest", speech.say(question.lowest), speech.language);
    set_spoken(data, "highest", speech.say(question.highest), speech.language);
    set(data, "low", std::to_string(question.lowest_number()));
    set(data, "high", std::to_string(question.highest_number()));
}

}  // namespace

Spoken Speech::say(const Text& text) const {
    Spoken spoken = survey.say(text, language);
    spoken.words = filled(spoken.words, variable);
    return spoken;
}

std::string Speech::furniture_mark() const {
    const std::string_view own = catalogue_language(language);
    return own == language.substr(0, language.find('-')) ? std::string() : language_mark(own, language);
}

Data question_data(const Speech& speech, const Question& question, const Answer& answer, const Flaw* flaw,
                   bool first) {
    Data data;
    const std::string field(speech.survey.field(question)), kind = kind_of(question);
    set(data, "field", field);
    set_text(data, speech, question);
    set_hint(data, speech, question);
    set_ends(data, speech, question);
    set_flag(data, "h1", first);
    set_flag(data, "needed_field", question.required);
    set_flag(data, kind, true);
    set_flag(data, "group", kind == std::string("numbers") || kind == std::string("choice"));
    if (flaw) set(data, "error", problem_of(speech.language, *flaw));
    set(data, "described", described_by(field, data.get("hint") != nullptr, flaw != nullptr));
    if (kind == std::string("numbers"))
        data.set("lines", lines_of(speech, question, field, answer, flaw != nullptr));
    if (kind == std::string("choice"))
        data.set("cells", options_of(speech, question, field, answer, flaw != nullptr));
    set_write_in(data, speech, question, field, answer);
    set(data, "typed", answer.text);
    set_flag(data, "ticked", answer.yes);
    // A text that is too long already must stay as it is, so that it can be shortened.
    if (question.is_text() && !(flaw && flaw->fault == Fault::too_long))
        set(data, "maxlength", std::to_string(longest(question)));
    return data;
}

std::string problem_of(std::string_view language, const Flaw& flaw) {
    const Question& question = *flaw.question;
    const std::string most = std::to_string(flaw.most), found = std::to_string(flaw.found);
    if (flaw.fault == Fault::too_long)
        return words(language, "too_long", {{"most", most}, {"length", found}});
    if (flaw.fault == Fault::too_many) return words(language, "too_many", {{"most", most}, {"count", found}});
    if (flaw.fault == Fault::too_few) return words(language, "too_few", {{"most", most}, {"count", found}});
    switch (question.type) {
        case QuestionType::score:
            return words(language, "choose");
        case QuestionType::multiple_choice:
            return words(language, "choose_some");
        case QuestionType::matrix:
            return words(language, "choose_row");
        case QuestionType::short_text:
        case QuestionType::long_text:
            return words(language, "write");
        case QuestionType::consent:
            return words(language, "agree");
        default:
            return words(language, "choose_one");
    }
}

std::string target_of(const Survey& survey, const Flaw& flaw) {
    const Question& question = *flaw.question;
    const std::string field(survey.field(question));
    if (question.type == QuestionType::score) return field + "0";
    if (question.type == QuestionType::matrix)
        return field + "." + std::string(flaw.row.empty() ? question.options.front().id : flaw.row) + "-1";
    return question.is_text() || question.type == QuestionType::consent ? field : field + "-1";
}

}  // namespace candour::surveys
