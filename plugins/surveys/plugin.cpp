// Surveys: collects one score and its reason, by personal link or openly. See README.md.
#include "candour/plugin.hpp"

#include <boost/json.hpp>

#include "answer.hpp"
#include "page.hpp"
#include "shelf.hpp"
#include "visit.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

constexpr std::string_view kStream = "survey.answer";

class Surveys {
 public:
    explicit Surveys(sdk::Host host) : host_(host), shelf_(host) {}

    Result<sdk::Response> handle_http(const sdk::Call&, const sdk::Request& request) {
        const Result<Visit> visit = Visit::read(request.json);
        if (!visit) return visit.error();
        const Result<std::shared_ptr<const Edition>> found = shelf_.find(visit->survey());
        if (!found && found.error().code == ErrorCode::not_found)
            return missing_page(visit->text("language"));
        if (!found) return found.error();
        const Edition& edition = **found;
        if (!visit->is_post()) return survey_page(edition.survey(), *visit, read_query(*visit), false);
        return take_answer(edition, *visit);
    }

    Result<std::string> on_event(const sdk::Call&, std::string_view kind, std::string_view payload) {
        if (kind == "survey.add") return add(payload);
        if (kind == "survey.list") return list();
        if (kind == "survey.get") return get(payload);
        return Error{ErrorCode::unsupported, "surveys does not know the event " + std::string(kind)};
    }

 private:
    Result<sdk::Response> take_answer(const Edition& edition, const Visit& visit) {
        const Survey& survey = edition.survey();
        const Entry entry = read_form(visit);
        if (!entry.complete()) return survey_page(survey, visit, entry, true);
        const std::string_view language = survey.language(visit.text("language"));
        const std::string observation = observation_json(visit, survey.id, entry, language);
        const Done kept = host_.ingest().put(kStream, visit.text("key"), observation);
        if (!kept) return kept.error();
        return edition.thanks(language).page(visit);
    }

    Result<std::string> add(std::string_view definition) {
        const Result<Survey> survey = read_survey(definition);
        if (!survey) return survey.error();
        const Result<std::string> what = shelf_.put(*survey, definition);
        if (!what) return what.error();
        host_.log("survey " + survey->id + " " + *what);
        return json::serialize(json::object{{"id", survey->id}, {"result", *what}});
    }

    Result<std::string> list() const {
        const Result<std::vector<std::string>> ids = shelf_.ids();
        if (!ids) return ids.error();
        json::array surveys;
        for (const std::string& id : *ids) {
            const Result<std::string> definition = shelf_.definition(id);
            const Result<Survey> survey =
                definition ? read_survey(*definition) : Result<Survey>(definition.error());
            if (!survey) continue;
            json::array languages;
            for (const auto& [language, texts] : survey->languages) languages.emplace_back(language);
            surveys.push_back(json::object{
                {"id", id}, {"question", survey->texts("en").question}, {"languages", std::move(languages)}});
        }
        return json::serialize(json::object{{"surveys", std::move(surveys)}});
    }

    /// Payload {"id": …}; the reply is the definition as it was added.
    Result<std::string> get(std::string_view payload) const {
        json::error_code ec;
        const json::value asked = json::parse(json::string_view(payload.data(), payload.size()), ec);
        const json::value* id = !ec && asked.is_object() ? asked.get_object().if_contains("id") : nullptr;
        if (!id || !id->is_string()) return Error{ErrorCode::invalid, "survey.get: expected {\"id\": \"…\"}"};
        return shelf_.definition(std::string_view(id->get_string().data(), id->get_string().size()));
    }

    sdk::Host host_;
    Shelf shelf_;
};

}  // namespace

}  // namespace candour::surveys

CANDOUR_PLUGIN(candour::surveys::Surveys)
