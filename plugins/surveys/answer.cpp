#include "answer.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

/// The host checked the UTF-8: every byte that does not continue a character starts one.
std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

/// Browsers send line ends as CR LF; the customer typed one.
std::string with_plain_line_ends(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') plain += text[i];
    return plain;
}

}  // namespace

Result<Visit> Visit::read(std::string_view request_json) {
    Visit visit;
    json::error_code ec;
    visit.document_ = json::parse(json::string_view(request_json.data(), request_json.size()), ec);
    if (ec || !visit.document_.is_object())
        return Error{ErrorCode::corrupt,
                     "expected the host's request as a JSON object, found something else"};
    return visit;
}

std::string_view Visit::text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const json::string* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

std::string_view Visit::nested(std::string_view part, std::string_view key) const {
    const json::value* value = document_.get_object().if_contains(part);
    const json::object* object = value ? value->if_object() : nullptr;
    return object ? text_at(*object, key) : std::string_view();
}

bool Visit::has_form(std::string_view name) const {
    const json::value* value = document_.get_object().if_contains("form");
    return value && value->is_object() && value->get_object().contains(name);
}

bool Visit::answered() const {
    const json::value* subject = document_.get_object().if_contains("subject");
    const json::value* answered =
        subject && subject->is_object() ? subject->get_object().if_contains("answered") : nullptr;
    return answered && answered->is_bool() && answered->get_bool();
}

std::optional<int> read_score(std::string_view text) {
    if (text == "10") return 10;
    if (text.size() == 1 && text[0] >= '0' && text[0] <= '9') return text[0] - '0';
    return std::nullopt;
}

Entry read_form(const Visit& visit) {
    Entry entry;
    entry.score = read_score(visit.form("a"));
    entry.score_is_wrong = visit.has_form("a") && !entry.score;
    entry.why = with_plain_line_ends(visit.form("why"));
    entry.why_length = characters(entry.why);
    entry.contact = visit.has_form("contact");
    entry.quote = visit.has_form("quote");
    return entry;
}

Entry read_query(const Visit& visit) {
    Entry entry;
    entry.score = read_score(visit.query("a"));
    return entry;
}

std::string observation_json(const Visit& visit, const std::string& survey, const Entry& entry,
                             std::string_view language) {
    unsigned char memory[1024];
    json::monotonic_resource arena(memory);
    json::object observation(&arena);
    observation.reserve(10);
    observation.emplace("about", survey);
    if (visit.is_personal()) {
        observation.emplace("subject", visit.subject("message"));
        observation.emplace("item_key", visit.subject("message"));
    } else {
        observation.emplace("item_key", visit.text("key"));
    }
    if (entry.score) observation.emplace("score", *entry.score);
    if (!entry.why.empty()) observation.emplace("verbatim", entry.why);
    observation.emplace("contact_me", entry.contact);
    observation.emplace("may_quote", entry.quote);
    observation.emplace("language", language);
    return json::serialize(observation);
}

}  // namespace candour::surveys
