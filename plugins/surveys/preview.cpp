#include "preview.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "notice.hpp"
#include "page.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

std::string preview_text(const json::object& from, std::string_view key) {
    const json::value* value = from.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Counted from 1, as people do; 0 when there is no such page.
std::size_t page_in(const json::object& asked, std::size_t pages) {
    const json::value* value = asked.if_contains("page");
    if (!value) return 1;
    const bool there = value->is_int64() && value->get_int64() >= 1 &&
                       static_cast<std::uint64_t>(value->get_int64()) <= pages;
    return there ? static_cast<std::size_t>(value->get_int64()) : 0;
}

bool asks_for_thanks(const json::object& asked) {
    const json::value* value = asked.if_contains("thanks");
    return value && value->is_bool() && value->get_bool();
}

/// The page after a good answer that no condition speaks of; what its words leave open stays as it is
/// written.
sdk::Response thanks_of(const Survey& survey, const Visit& visit, const std::string& organisation) {
    const std::string_view language = survey.language(visit.languages());
    const auto said = std::ranges::find_if(survey.thanks, [](const Thanks& one) { return !one.when; });
    const Spoken own = said == survey.thanks.end() ? Spoken{{}, language} : survey.say(said->text, language);
    return ThanksPage(survey, language, organisation, own).page(visit);
}

Shown all_of(const Survey& survey) {
    Shown shown;
    for (const Page& page : survey.pages) {
        shown.emplace_back();
        for (const Question& question : page.questions) shown.back().push_back(&question);
    }
    return shown;
}

}  // namespace

Result<std::string> preview_json(std::string_view payload) {
    json::error_code ec;
    const json::value asked = json::parse(json::string_view(payload.data(), payload.size()), ec);
    const json::object* object = ec ? nullptr : asked.if_object();
    if (!object || !object->contains("definition"))
        return Error{ErrorCode::invalid, "survey.preview: expected {\"definition\": {…}, \"page\": 1}"};
    const Result<Survey> survey = read_survey(json::serialize(object->at("definition")));
    if (!survey) return survey.error();
    const std::size_t page = page_in(*object, survey->pages.size());
    if (page == 0)
        return Error{ErrorCode::invalid,
                     "survey.preview: expected a page from 1 to " + std::to_string(survey->pages.size())};
    const std::string language = preview_text(*object, "language");
    const std::string organisation = preview_text(*object, "organisation");
    const Visit visit =
        Visit::of_a_preview(language.empty() ? survey->languages.front() : language, organisation);
    const Answers answers;
    const Shown shown = all_of(*survey);
    sdk::Response shown_page = asks_for_thanks(*object)
                                   ? thanks_of(*survey, visit, organisation)
                                   : survey_page({*survey, 1, visit, answers, shown, page - 1, {}, {}, true});
    json::array languages;
    for (const std::string& one : survey->languages) languages.push_back(json::value(one));
    return json::serialize(json::object{{"html", std::move(shown_page.body)},
                                        {"pages", survey->pages.size()},
                                        {"languages", std::move(languages)}});
}

Result<std::string> campaign_pages_json(Shelf& shelf, std::string_view payload) {
    json::error_code ec;
    const json::value wanted = json::parse(json::string_view(payload.data(), payload.size()), ec);
    const json::object* object = ec ? nullptr : wanted.if_object();
    if (!object)
        return Error{ErrorCode::invalid, "campaign.pages: expected {\"about\": \"…\", \"language\": \"…\"}"};
    const Result<std::shared_ptr<Edition>> edition = shelf.find(preview_text(*object, "about"));
    if (!edition) return edition.error();
    const Survey& survey = (*edition)->survey();
    const std::string organisation = preview_text(*object, "organisation");
    const Visit visit = Visit::of_a_preview(preview_text(*object, "language"), organisation);
    const Answers answers;
    const Shown shown = all_of(survey);
    json::array pages;
    const auto add = [&pages](std::string name, sdk::Response page) {
        pages.push_back(json::object{{"name", std::move(name)}, {"html", std::move(page.body)}});
    };
    for (std::size_t page = 0; page < survey.pages.size(); ++page)
        add(survey.pages.size() == 1 ? "question" : "page " + std::to_string(page + 1),
            survey_page({survey, (*edition)->version(), visit, answers, shown, page, {}, {}, true}));
    add("thanks", thanks_of(survey, visit, organisation));
    return json::serialize(json::object{{"pages", std::move(pages)}});
}

}  // namespace candour::surveys
