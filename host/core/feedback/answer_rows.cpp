#include "core/feedback/answer_rows.hpp"

#include "core/relationship/cells.hpp"

namespace candour::core {
namespace {

constexpr std::size_t kMaxKey =
    180;  // of the 200 of an idempotency key; the rest says which part of the row it is
constexpr int kHighestStance = 5;

Result<std::optional<int>> score_in(const Cells& cells, const char* column, int highest) {
    const std::string text = cell(cells, column);
    if (text.empty()) return std::optional<int>();
    const Result<int> number = read_score(column, text);
    if (number && *number <= highest) return std::optional<int>(*number);
    return Error{ErrorCode::invalid, std::string(column) + ": expected a whole number from 0 to " +
                                         std::to_string(highest) + ", found \"" + text + "\""};
}

Done check_person(const AnswerRow& row) {
    if (Done words = check_words("contact", row.email, kMaxLine); !words) return words;
    return check_address("contact", row.email);
}

Done check_said(const AnswerRow& row) {
    if (!row.score && !row.declared)
        return Error{ErrorCode::invalid,
                     "expected a score, a stance in \"declared\", or both; found neither"};
    if (!row.comment.empty() && !row.score)
        return Error{ErrorCode::invalid, "comment: expected the score that it explains, found none"};
    return done();
}

Result<AnswerRow> answer_of(const Cells& cells, int line) {
    AnswerRow row;
    row.line = line;
    row.email = lower(cell(cells, "contact"));
    if (Done person = check_person(row); !person) return person.error();
    row.account_ref = cell(cells, "account_ref");
    const Result<std::chrono::year_month_day> on = date_of("date", cell(cells, "date"));
    if (!on) return on.error();
    row.on = *on;
    const Result<std::optional<int>> score = score_in(cells, "score", 10);
    if (!score) return score.error();
    row.score = *score;
    const Result<std::optional<int>> declared = score_in(cells, "declared", kHighestStance);
    if (!declared) return declared.error();
    row.declared = *declared;
    row.comment = cell(cells, "comment");
    row.language = cell(cells, "language");
    const Result<bool> may_quote = yes_or_no(cells, "may_quote", false);
    if (!may_quote) return may_quote.error();
    row.may_quote = *may_quote;
    row.key = cell(cells, "key");
    if (Done said = check_said(row); !said) return said.error();
    return row;
}

}  // namespace

Result<Import<AnswerRow>> read_answers(const Table& table) {
    static const std::vector<Column> columns{{"contact", true},
                                             {"date", true},
                                             {"account_ref", false},
                                             {"score", false},
                                             {"comment", false, kMaxText},
                                             {"declared", false},
                                             {"language", false, 35},
                                             {"may_quote", false},
                                             {"key", false, kMaxKey}};
    return read_rows<AnswerRow>(table, columns, answer_of, [](const AnswerRow& row) { return row.key; });
}

}  // namespace candour::core
