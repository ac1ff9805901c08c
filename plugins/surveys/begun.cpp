#include "begun.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

constexpr std::chrono::hours kRemembered{24 * 60};

std::string begun_key(std::string_view contact) {
    return "begun/" + std::string(contact);
}

json::object said_so_far(const View& view) {
    json::object form;
    for (const Page& page : view.survey.pages)
        for (const Question& question : page.questions)
            for (const auto& [name, value] : fields_of(view.survey, question, view.answers.of(question.id)))
                form[name] = value;
    return form;
}

std::uint64_t begun_number(const json::object& from, std::string_view key) {
    const json::value* value = from.if_contains(key);
    return value && value->is_int64() && value->get_int64() > 0
               ? static_cast<std::uint64_t>(value->get_int64())
               : 0;
}

}  // namespace

void BegunSurveys::keep(const View& view) const {
    const std::string_view contact = view.visit.subject("contact");
    if (contact.empty()) return;
    const json::object begun{{"message", view.visit.subject("message")},
                             {"version", view.version},
                             {"page", view.page},
                             {"form", said_so_far(view)}};
    const auto kept =
        host_.kv().put(begun_key(contact), json::serialize(begun), sdk::kAnyVersion, kRemembered);
    if (!kept) host_.log("a survey that was begun begins anew: " + kept.error().message);
}

std::optional<Begun> BegunSurveys::find(const Visit& visit) const {
    const std::string_view contact = visit.subject("contact");
    if (contact.empty()) return std::nullopt;
    const Result<sdk::KvEntry> stored = host_.kv().get(begun_key(contact));
    if (!stored) return std::nullopt;
    json::error_code ec;
    const json::value value = json::parse(stored->value, ec);
    if (ec || !value.is_object()) return std::nullopt;
    const json::object& begun = value.get_object();
    const json::value* message = begun.if_contains("message");
    const json::value* form = begun.if_contains("form");
    const bool this_one = message && message->is_string() &&
                          std::string_view(message->get_string()) == visit.subject("message");
    if (!this_one || !form || !form->is_object()) return std::nullopt;
    return Begun{begun_number(begun, "version"), begun_number(begun, "page"), form->get_object()};
}

void BegunSurveys::forget(std::string_view contact) const {
    if (!contact.empty()) (void)host_.kv().erase(begun_key(contact));
}

}  // namespace candour::surveys
