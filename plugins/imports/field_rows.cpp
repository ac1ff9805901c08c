#include "field_rows.hpp"

#include <algorithm>

#include "table.hpp"

namespace candour::imports {
namespace {

constexpr std::size_t kMaxFields = 1'000;

/// The cell of the first column with one of these names.
std::string field_cell(const Layout& layout, const Cells& row,
                       std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        for (std::size_t i = 0; i < std::min(layout.width(), row.size()); ++i)
            if (folded(layout.column(i).name) == name) return row[i];
    return {};
}

std::string submission_of(const Layout& layout, const Cells& row) {
    return field_cell(layout, row, {"submissionid", "responseid"});
}

Done add_field(const Layout& layout, const Cells& row, Response& response) {
    const std::string type = folded(field_cell(layout, row, {"fieldtype"}));
    const std::string value = field_cell(layout, row, {"value", "valuetext", "valuenumber"});
    std::string name = field_cell(layout, row, {"fieldlabel", "fieldtitle", "question", "fieldid"});
    if (value.empty()) return done();
    if (type == "nps" && !response.score) {
        const Result<std::optional<int>> score = read_score(value);
        if (!score) return score.error();
        response.score = *score;
        return done();
    }
    const bool words = type == "opentext" || type == "text" || type == "longtext";
    if (words && response.comment.empty()) {
        response.comment = value;
        return done();
    }
    const auto same = [&name](const auto& question) { return question.first == name; };
    if (std::ranges::any_of(response.questions, same))
        name += " (" + std::to_string(response.questions.size() + 1) + ")";
    response.questions.emplace_back(std::move(name), value);
    return done();
}

Result<Response> response_of_fields(const Wish& wish, const Layout& layout, std::int64_t number,
                                    const std::vector<Cells>& rows) {
    Response response;
    response.row = number;
    response.id = submission_of(layout, rows.front());
    for (const Cells& row : rows) {
        if (response.email.empty()) response.email = address(field_cell(layout, row, {"email", "useremail"}));
        if (response.language.empty())
            response.language = language_tag(field_cell(layout, row, {"language"}));
        if (Done fits = add_field(layout, row, response); !fits) return fits.error();
    }
    if (!response.says_something())
        return Error{ErrorCode::invalid, "it says nothing: neither a score nor a word"};
    const std::string at = field_cell(layout, rows.front(), {"collectedat", "createdat", "timestamp"});
    if (Done fits = set_time(wish, at, {}, response); !fits) return fits.error();
    return response;
}

}  // namespace

bool has_fields(const Layout& layout) {
    bool field = false, value = false;
    for (std::size_t i = 0; i < layout.width(); ++i) {
        const std::string name = folded(layout.column(i).name);
        field = field || name == "fieldid";
        value = value || name == "value" || name == "valuetext";
    }
    return field && value;
}

void take_field(const Wish& wish, const Layout& layout, const Cells& row, std::int64_t number,
                std::vector<Cells>& pending, Delivery& delivery) {
    const std::string submission = submission_of(layout, row);
    if (submission.empty())
        return delivery.refuse(number, "submission_id: expected the number of the response, found nothing");
    const bool another = !pending.empty() && submission_of(layout, pending.front()) != submission;
    if (another || pending.size() == kMaxFields) take_fields(wish, layout, number - 1, pending, delivery);
    pending.push_back(row);
}

void take_fields(const Wish& wish, const Layout& layout, std::int64_t number, std::vector<Cells>& pending,
                 Delivery& delivery) {
    if (pending.empty()) return;
    const Result<Response> response = response_of_fields(wish, layout, number, pending);
    if (response)
        delivery.add(*response);
    else
        delivery.refuse(number, response.error().message);
    pending.clear();
}

}  // namespace candour::imports
