#include "letter.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "catalogue.hpp"
#include "page.hpp"
#include "variables.hpp"

namespace candour::surveys {

namespace json = boost::json;

namespace {

/// What the host takes for the ends of a scale.
constexpr std::size_t kLongestEnd = 80;

struct Facts {
    std::string about, contact, account, organisation;

    std::string of(std::string_view variable) const {
        if (variable == "contact.name") return contact;
        if (variable == "account.name") return account;
        return variable == "organisation" ? organisation : std::string();
    }
};

std::string fact_text(const json::object& from, std::string_view key) {
    const json::value* value = from.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string name_of(const json::object& from, std::string_view who) {
    const json::value* value = from.if_contains(who);
    return value && value->is_object() ? fact_text(value->get_object(), "name") : std::string();
}

Result<Facts> read_facts(std::string_view facts_json) {
    json::error_code ec;
    const json::value document = json::parse(json::string_view(facts_json.data(), facts_json.size()), ec);
    if (ec || !document.is_object()) return Error{ErrorCode::invalid, "expected facts as a JSON object"};
    const json::object& facts = document.get_object();
    return Facts{fact_text(facts, "about"), name_of(facts, "contact"), name_of(facts, "account"),
                 name_of(facts, "organisation")};
}

json::object paragraph(std::string text) {
    return {{"type", "text"}, {"text", std::move(text)}};
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// One mail, for one reader.
class Letter {
 public:
    Letter(const Survey& survey, const Facts& facts, std::string_view language)
        : survey_(survey),
          facts_(facts),
          language_(survey.language(language)),
          from_(survey.from.empty() ? facts.organisation : survey.from) {}

    json::object written(bool reminds) const {
        const std::string title = title_of(survey_, from_, language_);
        json::array blocks{paragraph(intro(reminds) + "\n" + effort(survey_, language_))};
        if (const Question* score = asked_in_the_mail()) {
            blocks.push_back(paragraph(said(score->text)));
            blocks.push_back(json::object{{"type", "scale"},
                                          {"from", 0},
                                          {"to", 10},
                                          {"lowest", said(score->lowest)},
                                          {"highest", said(score->highest)}});
            blocks.push_back(paragraph(words(language_, "mail_after")));
        } else {
            blocks.push_back(json::object{{"type", "answer"}, {"text", words(language_, "mail_open")}});
        }
        return {{"subject", reminds ? words(language_, "mail_reminder_subject", {{"title", title}}) : title},
                {"heading", greeting()},
                {"blocks", std::move(blocks)}};
    }

 private:
    std::string said(const Text& text) const {
        return text.empty() ? std::string()
                            : filled(survey_.say(text, language_).words,
                                     [this](std::string_view variable) { return facts_.of(variable); });
    }

    std::string greeting() const {
        return facts_.contact.empty() ? words(language_, "mail_hello")
                                      : words(language_, "mail_hello_named", {{"name", facts_.contact}});
    }

    std::string intro(bool reminds) const {
        if (!reminds && !survey_.intro.empty()) return said(survey_.intro);
        return words(language_, reminds ? "mail_reminder_intro" : "mail_intro", {{"from", from_}});
    }

    /// The score, when it begins the first page and nothing else on that page has to be answered: the page
    /// that a number opens has that number chosen already. nullptr: the mail has a button.
    const Question* asked_in_the_mail() const {
        const Page& first = survey_.pages.front();
        const Question& score = first.questions.front();
        const bool alone = std::none_of(first.questions.begin() + 1, first.questions.end(),
                                        [](const Question& other) { return other.required; });
        const auto fits = [this](const Text& end) {
            const std::size_t length = code_points(said(end));
            return length > 0 && length <= kLongestEnd;
        };
        const bool is_score =
            score.type == QuestionType::score && score.id == survey_.score && !score.text.empty();
        return is_score && alone && !first.show_if && !score.show_if && fits(score.lowest) &&
                       fits(score.highest)
                   ? &score
                   : nullptr;
    }

    const Survey& survey_;
    const Facts& facts_;
    std::string_view language_;
    std::string from_;
};

}  // namespace

Result<std::string> invitation(Shelf& shelf, std::string_view kind, std::string_view language,
                               std::string_view facts_json) {
    if (kind != "invitation" && kind != "reminder")
        return Error{ErrorCode::unsupported,
                     "expected the kind invitation or reminder, found " + std::string(kind)};
    const Result<Facts> facts = read_facts(facts_json);
    if (!facts) return facts.error();
    const Result<std::shared_ptr<Edition>> edition = shelf.find(facts->about);
    if (!edition) return edition.error();
    const Letter letter((*edition)->survey(), *facts, language);
    return json::serialize(letter.written(kind == "reminder"));
}

}  // namespace candour::surveys
