#include "exported.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace candour::imports {
namespace {

namespace json = boost::json;

bool begins_a_formula(std::string_view text) {
    constexpr std::string_view signs[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    return std::ranges::any_of(signs, [text](std::string_view sign) { return text.starts_with(sign); });
}

class ExportedRow {
 public:
    ExportedRow(const Layout& layout, const Cells& row) : layout_(layout), row_(row) {}

    std::string cell(std::string_view name) const {
        for (std::size_t i = 0; i < std::min(layout_.width(), row_.size()); ++i)
            if (layout_.column(i).name == name) return as_said(row_[i]);
        return {};
    }
    json::value flag(std::string_view name) const { return cell(name) == "true"; }

 private:
    const Layout& layout_;
    const Cells& row_;
};

Error unusable(std::string why) {
    return Error{ErrorCode::invalid, std::move(why)};
}

Result<json::object> exported_observation(const ExportedRow& row) {
    const std::string at = row.cell("occurred_at"), answers = row.cell("answers");
    const Result<Moment> moment = read_moment(at, DateOrder::unsaid);
    if (!moment || moment->instant.empty())
        return unusable("occurred_at: expected an instant such as 2025-03-31T23:50:00Z, found \"" + at +
                        "\"");
    const Result<std::optional<int>> score = read_score(row.cell("score"));
    if (!score) return score.error();
    json::error_code ec;
    json::value further = json::parse(answers.empty() ? "{}" : answers, ec);
    if (ec || !further.is_object()) return unusable("answers: expected a JSON object, found something else");
    json::object observation{{"about", row.cell("about")},
                             {"occurred_at", at},
                             {"answers", std::move(further)},
                             {"contact_me", row.flag("contact_me")},
                             {"may_quote", row.flag("may_quote")}};
    if (*score) observation["score"] = **score;
    if (const std::string words = row.cell("verbatim"); !words.empty()) observation["verbatim"] = words;
    if (const std::string language = language_tag(row.cell("language")); !language.empty())
        observation["language"] = language;
    return observation;
}

Result<std::string> exported_row(const ExportedRow& row, std::int64_t number) {
    const std::string kind = row.cell("kind"), seq = row.cell("seq"), source = row.cell("source");
    if (kind != "survey.answer" && kind != "relationship.answer")
        return unusable("kind: expected survey.answer or relationship.answer, found \"" + kind + "\"");
    if (row.cell("class") == "likely_bot") return unusable("a machine pressed it, nobody said it");
    if (seq.empty() || source.empty()) return unusable("expected a source and a seq, which name the answer");
    Result<json::object> observation = exported_observation(row);
    if (!observation) return observation.error();
    json::object document{{"key", "candour/" + source + "/" + seq}, {"row", number}};
    document["observation"] = std::move(*observation);
    const std::string contact = row.cell("contact_id");
    if (!contact.empty())
        document["person"] = json::object{{"id", contact},
                                          {"email", address(row.cell("email"))},
                                          {"name", row.cell("contact")},
                                          {"account", row.cell("account")}};
    return json::serialize(document);
}

}  // namespace

std::string as_said(std::string_view cell) {
    const std::size_t begin = cell.find_first_not_of(" \"'\xC2\xA0");
    const bool guarded =
        cell.starts_with('\'') && (begins_a_formula(cell) || begins_a_formula(cell.substr(1)) ||
                                   (begin != std::string_view::npos && begins_a_formula(cell.substr(begin))));
    return std::string(guarded ? cell.substr(1) : cell);
}

void take_exported(const Layout& layout, const Cells& row, std::int64_t number, Delivery& delivery) {
    const ExportedRow exported(layout, row);
    const Result<std::string> document = exported_row(exported, number);
    if (document)
        delivery.add_row(exported.cell("kind"), *document);
    else
        delivery.refuse(number, document.error().message);
}

}  // namespace candour::imports
