#include "definition.hpp"

#include <algorithm>
#include <array>

namespace candour::surveys {

namespace json = boost::json;

namespace {

constexpr std::array<std::pair<std::string_view, QuestionType>, 9> kTypes{
    {{"score", QuestionType::score},
     {"rating", QuestionType::rating},
     {"single_choice", QuestionType::single_choice},
     {"multiple_choice", QuestionType::multiple_choice},
     {"matrix", QuestionType::matrix},
     {"short_text", QuestionType::short_text},
     {"long_text", QuestionType::long_text},
     {"consent", QuestionType::consent},
     {"statement", QuestionType::statement}}};

QuestionType type_of(std::string_view name) {
    for (const auto& [text, type] : kTypes)
        if (text == name) return type;
    return QuestionType::statement;  // the schema let no other through
}

std::string definition_text(const json::object& from, std::string_view key) {
    const json::value* value = from.if_contains(key);
    return value ? std::string(value->get_string()) : std::string();
}

std::int64_t definition_number(const json::object& from, std::string_view key, std::int64_t otherwise) {
    const json::value* value = from.if_contains(key);
    return value ? value->to_number<std::int64_t>() : otherwise;
}

std::string place_of(const std::string& place, const char* key, std::size_t i) {
    return place + "/" + key + "/" + std::to_string(i);
}

OpenLink open_link_of(const json::object& from) {
    OpenLink open;
    const json::value* value = from.if_contains("open");
    if (value && value->is_bool()) open.works = value->get_bool();
    if (value && value->is_object()) {
        open.answers = definition_number(value->get_object(), "answers", 0);
        open.per_hour = definition_number(value->get_object(), "per_hour", 0);
    }
    return open;
}

}  // namespace

void DefinitionReader::note(const std::string& place, const std::string& problem) {
    problems_.push_back(place + ": " + problem);
}

Survey DefinitionReader::read() {
    Survey survey;
    read_root(survey);
    read_pages(survey);
    read_roles(survey);
    read_gaps(survey);
    read_thanks(survey);
    return survey;
}

void DefinitionReader::read_root(Survey& survey) {
    survey.id = definition_text(document_, "id");
    survey.name = definition_text(document_, "name");
    survey.source = definition_text(document_, "source");
    survey.from = definition_text(document_, "from");
    survey.readers = definition_text(document_, "readers");
    for (const json::value& language : document_.at("languages").get_array())
        survey.languages.emplace_back(language.get_string());
    languages_ = survey.languages;
    survey.intro = text_at(document_, "intro", "", 0);
    survey.open = open_link_of(document_);
}

void DefinitionReader::read_pages(Survey& survey) {
    const json::array& pages = document_.at("pages").get_array();
    for (const json::value& page : pages)
        for (const json::value& question : page.at("questions").get_array())
            all_ids_.push_back(definition_text(question.get_object(), "id"));
    survey.pages.reserve(pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const std::string place = place_of("", "pages", i);
        survey.pages.push_back(read_page(pages[i].get_object(), place, i));
        know(survey.pages.back(), i, place);
    }
}

Page DefinitionReader::read_page(const json::object& from, const std::string& place, std::size_t number) {
    Page page;
    page.title = text_at(from, "title", place, number);
    page.show_if = condition_at(from, "show_if", place, number);
    const json::array& questions = from.at("questions").get_array();
    for (std::size_t i = 0; i < questions.size(); ++i)
        page.questions.push_back(
            read_question(questions[i].get_object(), place_of(place, "questions", i), number));
    return page;
}

Question DefinitionReader::read_question(const json::object& from, const std::string& place,
                                         std::size_t page) {
    Question question;
    question.id = definition_text(from, "id");
    question.type = type_of(definition_text(from, "type"));
    question.text = text_at(from, "text", place, page);
    question.hint = text_at(from, "hint", place, page);
    question.lowest = text_at(from, "lowest", place, page);
    question.highest = text_at(from, "highest", place, page);
    const json::value* required = from.if_contains("required");
    question.required = required && required->get_bool();
    question.show_if = condition_at(from, "show_if", place, page);
    question.steps = static_cast<int>(definition_number(from, "steps", 5));
    if (const json::value* labels = from.if_contains("labels"))
        for (std::size_t i = 0; i < labels->get_array().size(); ++i)
            question.labels.push_back(read_text(labels->get_array()[i], place_of(place, "labels", i), page));
    if (!question.labels.empty() && !from.contains("steps"))
        question.steps = static_cast<int>(question.labels.size());
    question.options =
        read_options(from, question.type == QuestionType::matrix ? "rows" : "options", place, page);
    question.at_least = static_cast<std::size_t>(definition_number(from, "at_least", 0));
    question.at_most = static_cast<std::size_t>(definition_number(from, "at_most", 0));
    const std::string wish = definition_text(from, "grants");
    question.grants = wish.empty() ? Wish::none : wish == "contact_me" ? Wish::contact_me : Wish::may_quote;
    check_question(question, from, place);
    return question;
}

std::vector<Option> DefinitionReader::read_options(const json::object& from, const char* key,
                                                   const std::string& place, std::size_t page) {
    std::vector<Option> options;
    const json::value* list = from.if_contains(key);
    if (!list) return options;
    for (std::size_t i = 0; i < list->get_array().size(); ++i) {
        const json::object& one = list->get_array()[i].get_object();
        const std::string at = place_of(place, key, i);
        Option option{definition_text(one, "id"), text_at(one, "text", at, page)};
        if (std::ranges::any_of(options, [&](const Option& other) { return other.id == option.id; }))
            note(at + "/id", "expected an id of its own, found '" + option.id + "' a second time");
        if (const json::value* write_in = one.if_contains("write_in")) option.write_in = write_in->get_bool();
        options.push_back(std::move(option));
    }
    return options;
}

void DefinitionReader::know(const Page& page, std::size_t number, const std::string& place) {
    for (std::size_t i = 0; i < page.questions.size(); ++i) {
        const Question& question = page.questions[i];
        const bool always = question.required && !question.show_if && !page.show_if;
        if (!known_.emplace(question.id, Known{number, &question, always}).second)
            note(place_of(place, "questions", i) + "/id",
                 "expected an id of its own, found '" + question.id + "' a second time");
    }
}

Text DefinitionReader::text_at(const json::object& from, const char* key, const std::string& place,
                               std::size_t page) {
    const json::value* value = from.if_contains(key);
    return value ? read_text(*value, place + "/" + key, page) : Text{};
}

Text DefinitionReader::read_text(const json::value& value, const std::string& place, std::size_t page) {
    Text text;
    if (const json::string* only = value.if_string()) {
        check_words(*only, place, page);
        text.emplace(languages_.front(), *only);
        return text;
    }
    for (const auto& [language, words] : value.get_object()) {
        if (std::ranges::find(languages_, std::string(language)) == languages_.end())
            note(place + "/" + std::string(language), "expected one of /languages, found another language");
        check_words(words.get_string(), place + "/" + std::string(language), page);
        text.emplace(std::string(language), words.get_string());
    }
    if (!text.contains(languages_.front()))
        note(place, "expected a text in '" + languages_.front() + "', the first of /languages, found none");
    return text;
}

}  // namespace candour::surveys
