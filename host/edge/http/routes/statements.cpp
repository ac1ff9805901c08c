#include "edge/http/routes/statements.hpp"

#include "edge/http/problem.hpp"
#include "edge/json/calendar_document.hpp"
#include "zone/civil.hpp"

namespace candour::http {
namespace {

/// The end of that day where the organisation lives: a promise for Friday is kept on Friday evening.
Result<core::Instant> end_of_day(std::string_view name, const std::string& text, const std::string& zone) {
    const Result<std::chrono::year_month_day> date = json::date_of(name, text);
    if (!date) return date.error();
    return zone::instant_of(
        *date, std::chrono::hours(23) + std::chrono::minutes(59) + std::chrono::seconds(59), zone);
}

}  // namespace

Response unreadable(const Error& error, const Request& request) {
    if (error.code == ErrorCode::unsupported)
        return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    return Response::problem(error, request.path);
}

Result<std::vector<std::string>> texts(const JsonBody& body, std::initializer_list<std::string_view> fields) {
    std::vector<std::string> all;
    for (const std::string_view field : fields) {
        Result<std::string> text = body.text(field);
        if (!text) return text.error();
        all.push_back(std::move(*text));
    }
    return all;
}

Result<core::Decision> read_decision(const JsonBody& body, const std::string& zone) {
    if (!body.has("will_change"))
        return Error{ErrorCode::invalid, "will_change: expected true or false, found nothing"};
    const Result<bool> will_change = body.flag("will_change", true);
    if (!will_change) return will_change.error();
    const auto words = texts(body, {"text", "why", "trade_off", "decided_by", "by"});
    if (!words) return words.error();
    core::Decision decision{*will_change, (*words)[0],  (*words)[1], (*words)[2],
                            (*words)[3],  core::kNever, false};
    const Result<bool> ours = body.flag("our_failure", false);
    if (!ours) return ours.error();
    decision.our_failure = *ours;
    if (!*will_change) return decision;
    const Result<core::Instant> by = end_of_day("by", (*words)[4], zone);
    if (!by) return by.error();
    decision.promised_by = *by;
    return decision;
}

Result<core::FailureTexts> read_failure(const JsonBody& body) {
    if (!body.has("failure")) return core::FailureTexts{};
    const Result<JsonBody> texts_of = body.object("failure", {"went_wrong", "learned", "prevention"});
    if (!texts_of) return texts_of.error();
    const auto words = texts(*texts_of, {"went_wrong", "learned", "prevention"});
    if (!words) return words.error();
    return core::FailureTexts{(*words)[0], (*words)[1], (*words)[2]};
}

}  // namespace candour::http
