#include "edge/json/journal_entry.hpp"

#include <boost/json.hpp>

#include "edge/json/members.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

bj::object object_of(const std::map<std::string, std::string>& fields) {
    bj::object object;
    for (const auto& [name, value] : fields) object[name] = value;
    return object;
}

std::map<std::string, std::string> fields_at(const bj::object& object, std::string_view key) {
    std::map<std::string, std::string> fields;
    const bj::value* found = object.if_contains(key);
    if (found == nullptr || !found->is_object()) return fields;
    for (const auto& [name, value] : found->get_object())
        if (value.is_string()) fields[std::string(name)] = std::string(value.get_string());
    return fields;
}

std::vector<std::string> strings_at(const bj::object& object, std::string_view key) {
    std::vector<std::string> texts;
    const bj::value* found = object.if_contains(key);
    if (found == nullptr || !found->is_array()) return texts;
    for (const bj::value& text : found->get_array())
        if (text.is_string()) texts.emplace_back(text.get_string());
    return texts;
}

bj::object object_of(const flow::Subject& subject) {
    return {{"message", subject.message.text()},    {"about", subject.about},
            {"contact", subject.contact.text()},    {"account", subject.account.text()},
            {"contact_name", subject.contact_name}, {"account_name", subject.account_name},
            {"language", subject.language},         {"answered", subject.answered}};
}

flow::Subject subject_of(const bj::object& object) {
    flow::Subject subject;
    subject.message = MessageId::trusted(text_at(object, "message"));
    subject.about = text_at(object, "about");
    subject.contact = ContactId::trusted(text_at(object, "contact"));
    subject.account = AccountId::trusted(text_at(object, "account"));
    subject.contact_name = text_at(object, "contact_name");
    subject.account_name = text_at(object, "account_name");
    subject.language = text_at(object, "language");
    const bj::value* answered = object.if_contains("answered");
    subject.answered = answered != nullptr && answered->is_bool() && answered->get_bool();
    return subject;
}

}  // namespace

std::string write_journal_entry(const flow::CollectRequest& request) {
    if (!request.event.empty())
        return bj::serialize(bj::object{{"event", request.event}, {"payload", request.payload}});
    const bj::object entry{{"route", request.route},
                           {"method", request.method},
                           {"params", object_of(request.params)},
                           {"query", object_of(request.query)},
                           {"form", object_of(request.form)},
                           {"language", request.language},
                           {"languages", bj::value_from(request.languages)},
                           {"form_action", request.form_action},
                           {"class", std::string(core::name_of(core::kAnswerClasses, request.answer_class))},
                           {"many_scores", request.many_scores},
                           {"subject", object_of(request.subject)}};
    return bj::serialize(entry);
}

Result<flow::CollectRequest> read_journal_entry(std::string_view text) {
    boost::system::error_code bad;
    const bj::value value = bj::parse(text, bad);
    if (bad || !value.is_object()) return Error{ErrorCode::corrupt, "journal entry: expected a JSON object"};
    const bj::object& object = value.get_object();
    flow::CollectRequest request;
    request.event = text_at(object, "event");
    request.payload = text_at(object, "payload");
    request.route = text_at(object, "route");
    request.method = text_at(object, "method");
    request.params = fields_at(object, "params");
    request.query = fields_at(object, "query");
    request.form = fields_at(object, "form");
    request.language = text_at(object, "language");
    request.languages = strings_at(object, "languages");
    request.form_action = text_at(object, "form_action");
    request.answer_class = core::value_of(core::kAnswerClasses, text_at(object, "class"))
                               .value_or(core::AnswerClass::unverified);
    const bj::value* many = object.if_contains("many_scores");
    request.many_scores = many != nullptr && many->is_bool() && many->get_bool();
    if (const bj::value* subject = object.if_contains("subject"); subject != nullptr && subject->is_object())
        request.subject = subject_of(subject->get_object());
    return request;
}

std::string write_observation_content(const core::Observation& observation) {
    const bool plain = observation.verbatim.empty() && !observation.contact_me && !observation.may_quote &&
                       observation.language.empty() &&
                       (observation.answers.empty() || observation.answers == "{}");
    if (plain) return {};
    boost::system::error_code bad;
    bj::value answers =
        observation.answers.empty() ? bj::value(bj::object()) : bj::parse(observation.answers, bad);
    const bj::object content{{"verbatim", observation.verbatim},
                             {"contact_me", observation.contact_me},
                             {"may_quote", observation.may_quote},
                             {"language", observation.language},
                             {"answers", bad ? bj::value(bj::object()) : std::move(answers)}};
    return bj::serialize(content);
}

}  // namespace candour::json
