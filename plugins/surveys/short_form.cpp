#include "short_form.hpp"

#include "catalogue.hpp"
#include "variables.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

/// The survey's own words; where a language has none, the catalogue's under the same key, if there are such.
json::object short_texts(const json::object& languages, std::string_view key, bool from_catalogue) {
    json::object texts;
    for (const auto& [language, own] : languages) {
        const json::value* text = own.get_object().if_contains(key);
        if (text)
            texts[language] = with_plain_braces(std::string_view(text->get_string()));
        else if (from_catalogue)
            texts[language] = words(language, key);
    }
    return texts;
}

json::object short_question(std::string_view id, std::string_view type, json::object text) {
    json::object made{{"id", id}, {"type", type}};
    if (!text.empty()) made["text"] = std::move(text);
    return made;
}

bool offers(const json::object& definition, std::string_view wish) {
    const json::value* flag = definition.if_contains(wish);
    return !flag || flag->get_bool();
}

json::array questions_of(const json::object& definition, const json::object& languages) {
    json::object score = short_question("score", "score", short_texts(languages, "question", false));
    score["required"] = true;
    score["lowest"] = short_texts(languages, "lowest", true);
    score["highest"] = short_texts(languages, "highest", true);
    json::array questions{std::move(score),
                          short_question("why", "long_text", short_texts(languages, "reason", true))};
    for (const auto& [id, wish] : {std::pair("contact", "contact_me"), std::pair("quote", "may_quote")}) {
        if (!offers(definition, wish)) continue;
        json::object consent = short_question(id, "consent", {});
        consent["grants"] = wish;
        questions.push_back(std::move(consent));
    }
    return questions;
}

}  // namespace

json::object whole_form_of(const json::object& definition) {
    const json::object& languages = definition.at("languages").get_object();
    json::array spoken{"en"};
    for (const auto& [language, texts] : languages)
        if (language != "en") spoken.push_back(json::value(language));
    json::object whole{
        {"id", definition.at("id")}, {"from", definition.at("from")}, {"languages", std::move(spoken)}};
    if (const json::value* readers = definition.if_contains("readers")) whole["readers"] = *readers;
    if (json::object intro = short_texts(languages, "intro", false); !intro.empty())
        whole["intro"] = std::move(intro);
    whole["pages"] = json::array{json::object{{"questions", questions_of(definition, languages)}}};
    if (languages.at("en").get_object().contains("thanks") ||
        !short_texts(languages, "thanks", false).empty())
        whole["thanks"] = json::array{json::object{{"text", short_texts(languages, "thanks", true)}}};
    return whole;
}

}  // namespace candour::surveys
