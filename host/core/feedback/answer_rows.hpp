/// Answers that were given before Candour was here, as rows of a CSV file. Pure: the file is read elsewhere.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "core/relationship/import.hpp"

namespace candour::core {

struct AnswerRow {
    int line = 0;
    std::string email;        ///< lower case; whose answer it is
    std::string account_ref;  ///< empty: the address alone says who it is
    std::chrono::year_month_day on{};
    std::optional<int> score;  ///< 0..10, about working with us
    std::string comment;
    std::optional<int>
        declared;  ///< 0..5: how they speak about us when we are not in the room; 0: they would not say
    std::string language;
    bool may_quote = false;
    std::string key;  ///< the file's own name for this answer; empty: its content is its name
};

/// Columns: contact*, date*, account_ref, score, comment, declared, language, may_quote, key. A row says a
/// score, a stance, or both. Errors: invalid when a starred column is missing or a column is unknown.
Result<Import<AnswerRow>> read_answers(const Table& table);

}  // namespace candour::core
