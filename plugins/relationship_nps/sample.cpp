#include "sample.hpp"

#include "page.hpp"
#include "words.hpp"

namespace candour::relationship_nps {

namespace json = boost::json;

namespace {

/// What the host would send when somebody follows their link; of nobody.
Result<Asked> nobody_asks(const json::object& wanted) {
    json::object request = wanted;
    request["method"] = "GET";
    request["form_action"] = "#";
    request["loop_url"] = "#";
    request["subject"] = json::object{{"message", "preview"}};
    return Asked::read(json::serialize(request));
}

json::object sample_page(std::string_view name, const sdk::Response& page) {
    return {{"name", name}, {"html", page.body}};
}

}  // namespace

Result<std::string> pages_json(std::string_view payload) {
    json::error_code ec;
    const json::value wanted = json::parse(json::string_view(payload.data(), payload.size()), ec);
    if (ec || !wanted.is_object())
        return Error{ErrorCode::invalid, "campaign.pages: expected {\"about\": \"…\", \"language\": \"…\"}"};
    const Result<Asked> asked = nobody_asks(wanted.get_object());
    if (!asked) return asked.error();
    const auto found = definition(asked->text("about"), spoken(asked->text("language")));
    if (!found)
        return Error{ErrorCode::invalid, "about: expected a version of the question such as " +
                                             std::string(kCurrent) + ", found " +
                                             std::string(asked->text("about"))};
    Entry answered;
    answered.score = 8;
    answered.why = "…";
    return json::serialize(
        json::object{{"pages", json::array{sample_page("question", question_page(*asked, *found, {}, false)),
                                           sample_page("thanks", thanks_page(*asked, answered))}}});
}

}  // namespace candour::relationship_nps
