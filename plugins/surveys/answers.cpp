#include "answers.hpp"

#include <algorithm>

namespace candour::surveys {

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Browsers send line ends as CR LF; the customer typed one.
std::string with_plain_line_ends(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') plain += text[i];
    return plain;
}

bool is_option(const Question& question, std::string_view id) {
    return std::ranges::any_of(question.options, [id](const Option& option) { return option.id == id; });
}

std::string part_field(std::string_view field, const Option& option) {
    return std::string(field) + "." + option.id;
}

Answer read_number_answer(const Question& question, std::string_view field, const Visit& visit) {
    Answer answer;
    answer.number = read_number(visit.form(field), question.lowest_number(), question.highest_number());
    answer.wrong = visit.has_form(field) && !answer.number;
    return answer;
}

/// What stands in the field beside the option to write in. Whoever writes there chooses it, unless they chose
/// another one that rules it out.
void read_written(const Question& question, std::string_view field, const Visit& visit, Answer& answer) {
    const Option* const option = question.write_in();
    if (option == nullptr || answer.wrong) return;
    std::string written = with_plain_line_ends(visit.form(part_field(field, *option) + ".text"));
    if (written.find_first_not_of(" \t\n") == std::string::npos) return;
    const bool chosen = std::ranges::find(answer.chosen, option->id) != answer.chosen.end();
    if (!chosen && question.type == QuestionType::single_choice && !answer.chosen.empty()) return;
    if (!chosen) answer.chosen.push_back(option->id);
    answer.written = std::move(written);
}

Answer read_single(const Question& question, std::string_view field, const Visit& visit) {
    Answer answer;
    const std::string_view chosen = visit.form(field);
    if (is_option(question, chosen)) answer.chosen.emplace_back(chosen);
    answer.wrong = visit.has_form(field) && answer.chosen.empty();
    read_written(question, field, visit, answer);
    return answer;
}

Answer read_multiple(const Question& question, std::string_view field, const Visit& visit) {
    Answer answer;
    for (const Option& option : question.options)
        if (visit.has_form(part_field(field, option))) answer.chosen.push_back(option.id);
    read_written(question, field, visit, answer);
    return answer;
}

Answer read_matrix(const Question& question, std::string_view field, const Visit& visit) {
    Answer answer;
    for (const Option& row : question.options) {
        const std::string name = part_field(field, row);
        const auto number = read_number(visit.form(name), 1, question.steps);
        if (number) answer.rows.emplace(row.id, *number);
        answer.wrong = answer.wrong || (visit.has_form(name) && !number);
    }
    return answer;
}

Answer read_text(std::string_view field, const Visit& visit) {
    Answer answer;
    answer.text = with_plain_line_ends(visit.form(field));
    // Blanks alone say nothing.
    if (answer.text.find_first_not_of(" \t\n") == std::string::npos) answer.text.clear();
    return answer;
}

Answer read_one(const Survey& survey, const Question& question, const Visit& visit) {
    const std::string_view field = survey.field(question);
    switch (question.type) {
        case QuestionType::score:
        case QuestionType::rating:
            return read_number_answer(question, field, visit);
        case QuestionType::single_choice:
            return read_single(question, field, visit);
        case QuestionType::multiple_choice:
            return read_multiple(question, field, visit);
        case QuestionType::matrix:
            return read_matrix(question, field, visit);
        case QuestionType::short_text:
        case QuestionType::long_text:
            return read_text(field, visit);
        case QuestionType::consent: {
            Answer answer;
            answer.yes = visit.has_form(field);
            return answer;
        }
        case QuestionType::statement:
            return {};
    }
    return {};
}

bool is_shown(const Question& question, const Answers& answers, bool personal) {
    // Nobody can be contacted who did not say who they are.
    if (question.grants == Wish::contact_me && !personal) return false;
    return !question.show_if || holds(*question.show_if, answers);
}

std::string_view first_empty_row(const Question& question, const Answer& answer) {
    for (const Option& row : question.options)
        if (!answer.rows.contains(row.id)) return row.id;
    return {};
}

std::optional<Flaw> flaw_of_choice(const Question& question, const Answer& answer) {
    const std::size_t written = characters(answer.written);
    if (written > kMaxShortText) return Flaw{&question, Fault::too_long, {}, written, kMaxShortText};
    if (question.type != QuestionType::multiple_choice || answer.chosen.empty()) return std::nullopt;
    const std::size_t count = answer.chosen.size();
    if (question.at_most != 0 && count > question.at_most)
        return Flaw{&question, Fault::too_many, {}, count, question.at_most};
    if (count < question.at_least) return Flaw{&question, Fault::too_few, {}, count, question.at_least};
    return std::nullopt;
}

std::optional<Flaw> flaw_in(const Question& question, const Answer& answer) {
    const std::string_view row =
        question.type == QuestionType::matrix ? first_empty_row(question, answer) : std::string_view();
    if (answer.wrong) return Flaw{&question, Fault::wrong, row};
    const bool missing = !answer.given() || !row.empty();
    if (question.required && missing && question.type != QuestionType::statement)
        return Flaw{&question, Fault::missing, row};
    if (question.is_text()) {
        const std::size_t length = characters(answer.text);
        if (length > longest(question))
            return Flaw{&question, Fault::too_long, {}, length, longest(question)};
    }
    return flaw_of_choice(question, answer);
}

/// The texts that are the customer's words share one limit; the one that breaks it is told what is left for
/// it.
std::optional<Flaw> flaw_of_all_words(const Survey& survey, const std::vector<const Question*>& here,
                                      const Answers& answers) {
    std::size_t length = 0;
    for (const std::string& id : survey.words) {
        const std::size_t its = characters(answers.of(id).text);
        const std::size_t room = length > kMaxWords ? 0 : kMaxWords - length;
        const auto asked = std::ranges::find_if(here, [&id](const Question* one) { return one->id == id; });
        if (its > room && asked != here.end()) return Flaw{*asked, Fault::too_long, {}, its, room};
        length += its == 0 ? 0 : its + 2;
    }
    return std::nullopt;
}

}  // namespace

std::size_t characters(std::string_view text) {
    // The host checked the UTF-8: every byte that does not continue a character starts one.
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t longest(const Question& question) {
    if (question.at_most != 0) return question.at_most;
    return question.type == QuestionType::short_text ? kMaxShortText : kMaxWords;
}

const Answer& Answers::of(std::string_view question) const {
    static const Answer none;
    const auto found = all_.find(question);
    return found == all_.end() ? none : found->second;
}

bool Answers::any_given() const {
    return std::ranges::any_of(all_, [](const auto& each) { return each.second.given(); });
}

std::optional<int> read_number(std::string_view text, int lowest, int highest) {
    if (text == "10") return highest >= 10 ? std::optional<int>(10) : std::nullopt;
    if (text.size() != 1 || text[0] < '0' || text[0] > '9') return std::nullopt;
    const int number = text[0] - '0';
    return number >= lowest && number <= highest ? std::optional<int>(number) : std::nullopt;
}

Answers read_form(const Survey& survey, const Visit& visit) {
    Answers answers;
    for (const Page& page : survey.pages)
        for (const Question& question : page.questions)
            answers.put(question.id, read_one(survey, question, visit));
    return answers;
}

Answers read_query(const Survey& survey, const Visit& visit) {
    Answers answers;
    const Question* score = survey.find(survey.score);
    const auto number = score ? read_number(visit.query("a"), 0, 10) : std::nullopt;
    if (!number) return answers;
    Answer answer;
    answer.number = number;
    answers.put(score->id, std::move(answer));
    return answers;
}

Fields fields_of(const Survey& survey, const Question& question, const Answer& answer) {
    const std::string field(survey.field(question));
    Fields fields;
    if (answer.number) fields.emplace_back(field, std::to_string(*answer.number));
    for (const std::string& chosen : answer.chosen)
        if (question.type == QuestionType::multiple_choice)
            fields.emplace_back(field + "." + chosen, "1");
        else
            fields.emplace_back(field, chosen);
    if (const Option* const option = question.write_in(); option != nullptr && !answer.written.empty())
        fields.emplace_back(field + "." + option->id + ".text", answer.written);
    for (const auto& [row, number] : answer.rows)
        fields.emplace_back(field + "." + row, std::to_string(number));
    if (!answer.text.empty()) fields.emplace_back(field, answer.text);
    if (answer.yes) fields.emplace_back(field, "1");
    return fields;
}

Shown shown_to(const Survey& survey, Answers& answers, bool personal) {
    Shown shown;
    // In order, because conditions ask about earlier pages alone, and what is passed over was not answered.
    for (const Page& page : survey.pages) {
        const bool whole = !page.show_if || holds(*page.show_if, answers);
        std::vector<const Question*> here;
        for (const Question& question : page.questions)
            if (whole && is_shown(question, answers, personal))
                here.push_back(&question);
            else
                answers.drop(question.id);
        shown.push_back(std::move(here));
    }
    return shown;
}

std::vector<Flaw> flaws_of(const Survey& survey, const std::vector<const Question*>& questions,
                           const Answers& answers) {
    std::vector<Flaw> flaws;
    for (const Question* question : questions)
        if (const auto flaw = flaw_in(*question, answers.of(question->id))) flaws.push_back(*flaw);
    if (!flaws.empty()) return flaws;
    if (const auto flaw = flaw_of_all_words(survey, questions, answers)) flaws.push_back(*flaw);
    return flaws;
}

}  // namespace candour::surveys
