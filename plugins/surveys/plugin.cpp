// Surveys: asks, page by page, by personal link or openly. See README.md.
#include "candour/plugin.hpp"

#include <boost/json.hpp>

#include "answering.hpp"
#include "letter.hpp"
#include "preview.hpp"
#include "ready.hpp"
#include "shelf.hpp"
#include "trial.hpp"
#include "visit.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

Result<json::object> read_payload(std::string_view kind, std::string_view payload, const char* expected) {
    json::error_code ec;
    json::value asked = json::parse(json::string_view(payload.data(), payload.size()), ec);
    if (ec || !asked.is_object())
        return Error{ErrorCode::invalid, std::string(kind) + ": expected " + expected};
    return std::move(asked.get_object());
}

std::string payload_text(const json::object& from, std::string_view key) {
    const json::value* value = from.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::array to_array(const std::vector<std::string>& texts) {
    json::array array;
    for (const std::string& text : texts) array.push_back(json::value(text));
    return array;
}

class Surveys {
 public:
    explicit Surveys(sdk::Host host) : host_(host), shelf_(host), answering_(host, shelf_) {}

    Result<std::string> compose(const sdk::Call&, std::string_view kind, std::string_view language,
                                std::string_view facts) {
        return invitation(shelf_, kind, language, facts);
    }

    Result<sdk::Response> handle_http(const sdk::Call& call, const sdk::Request& request) {
        const Result<Visit> visit = Visit::read(request.json);
        if (!visit) return visit.error();
        if (visit->is_test()) return answering_.try_out(*visit);
        return visit->is_post() ? answering_.take(*visit, call.attempt) : answering_.show(*visit);
    }

    Result<std::string> on_event(const sdk::Call&, std::string_view kind, std::string_view payload) {
        if (kind == "survey.add") return add(payload);
        if (kind == "survey.list") return list();
        if (kind == "survey.get") return get(payload);
        if (kind == "survey.copy") return copy(payload);
        if (kind == "survey.preview") return preview_json(payload);
        if (kind == "campaign.pages") return campaign_pages_json(shelf_, payload);
        if (kind == "survey.ready") return ready_json(payload);
        if (kind == "survey.test") return offer_test(shelf_, payload);
        if (kind == "contact.erased") return forget(payload);
        return Error{ErrorCode::unsupported, "surveys does not know the event " + std::string(kind)};
    }

 private:
    Result<std::string> add(std::string_view definition) {
        const Result<Survey> survey = read_survey(definition);
        if (!survey) return survey.error();
        return shelve(*survey, definition);
    }

    Result<std::string> shelve(const Survey& survey, std::string_view definition) {
        const Result<Shelved> what = shelf_.put(survey, definition);
        if (!what) return what.error();
        host_.log("survey " + survey.id + " " + what->result + ", version " + std::to_string(what->version));
        return json::serialize(
            json::object{{"id", survey.id}, {"result", what->result}, {"version", what->version}});
    }

    Result<std::string> forget(std::string_view payload) const {
        const auto erased = read_payload("contact.erased", payload, "{\"contact\": \"con_…\"}");
        if (!erased) return erased.error();
        answering_.forget(payload_text(*erased, "contact"));
        return std::string("{}");
    }

    Result<std::string> list() const {
        const Result<std::vector<std::string>> ids = shelf_.ids();
        if (!ids) return ids.error();
        json::array surveys;
        for (const std::string& id : *ids) {
            const Result<Definition> definition = shelf_.definition(id);
            const Result<Survey> survey =
                definition ? read_survey(definition->text) : Result<Survey>(definition.error());
            if (!survey) continue;
            const std::string question =
                survey->say(survey->headline().text, survey->languages.front()).words;
            surveys.push_back(json::object{{"id", id},
                                           {"question", question},
                                           {"languages", to_array(survey->languages)},
                                           {"version", definition->version},
                                           {"pages", survey->pages.size()}});
        }
        return json::serialize(json::object{{"surveys", std::move(surveys)}});
    }

    /// Payload {"id": …, "version": …}; the reply is the definition as it was added.
    Result<std::string> get(std::string_view payload) const {
        const auto asked = read_payload("survey.get", payload, "{\"id\": \"…\"}");
        if (!asked) return asked.error();
        const json::value* version = asked->if_contains("version");
        const bool numbered = version && version->is_int64() && version->get_int64() > 0;
        if (payload_text(*asked, "id").empty() || (version && !numbered))
            return Error{ErrorCode::invalid, "survey.get: expected {\"id\": \"…\"}, and a version from 1 on"};
        const Result<Definition> definition =
            shelf_.definition(payload_text(*asked, "id"),
                              numbered ? static_cast<std::uint64_t>(version->get_int64()) : kNewest);
        if (!definition) return definition.error();
        return definition->text;
    }

    /// Payload {"id": …, "to": …}: everything but the id, as version 1 of its own.
    Result<std::string> copy(std::string_view payload) {
        const auto asked = read_payload("survey.copy", payload, "{\"id\": \"…\", \"to\": \"…\"}");
        if (!asked) return asked.error();
        const std::string to = payload_text(*asked, "to");
        if (!is_survey_id(to))
            return Error{
                ErrorCode::invalid,
                "survey.copy: expected in `to` words of a-z and 0-9 with hyphens between, such as autumn-2"};
        const Result<Definition> from = shelf_.definition(payload_text(*asked, "id"));
        if (!from) return from.error();
        if (shelf_.definition(to)) return Error{ErrorCode::conflict, "there is a survey called " + to};
        json::value document = json::parse(from->text);
        document.get_object()["id"] = to;
        return add(json::serialize(document));
    }

    sdk::Host host_;
    Shelf shelf_;
    Answering answering_;
};

}  // namespace

}  // namespace candour::surveys

CANDOUR_PLUGIN(candour::surveys::Surveys)
