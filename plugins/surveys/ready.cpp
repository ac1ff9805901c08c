#include "ready.hpp"

#include <array>
#include <boost/json.hpp>

#include "surveys_texts.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 9> kReady{
    texts::relationship_json,  texts::advocacy_json,       texts::trusted_advisor_json,
    texts::trust_json,         texts::customer_first_json, texts::relationships_deficit_json,
    texts::after_closing_json, texts::csat_json,           texts::ces_json};

json::object line_of(const json::object& survey) {
    std::size_t questions = 0;
    for (const json::value& page : survey.at("pages").get_array())
        questions += page.at("questions").get_array().size();
    return json::object{{"name", survey.at("id")},
                        {"title", survey.at("name")},
                        {"source", survey.at("source")},
                        {"languages", survey.at("languages")},
                        {"questions", questions}};
}

}  // namespace

Result<std::string> ready_json(std::string_view payload) {
    json::error_code ec;
    const json::value asked = json::parse(json::string_view(payload.data(), payload.size()), ec);
    const json::value* name = !ec && asked.is_object() ? asked.get_object().if_contains("name") : nullptr;
    json::array list;
    std::string names;
    for (const std::string_view text : kReady) {
        const json::value survey = json::parse(json::string_view(text.data(), text.size()));
        const json::object& document = survey.get_object();
        if (name && *name == document.at("id")) return std::string(text);
        list.push_back(line_of(document));
        names += (names.empty() ? "" : ", ") + std::string(document.at("id").get_string());
    }
    if (name) return Error{ErrorCode::not_found, "expected one of the ready surveys (" + names + ")"};
    return json::serialize(json::object{{"surveys", std::move(list)}});
}

}  // namespace candour::surveys
