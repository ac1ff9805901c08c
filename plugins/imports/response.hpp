/// One answer, whatever tool it came from, and what the host is told of it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "candour/result.hpp"
#include "moment.hpp"
#include "wish.hpp"

namespace candour::imports {

struct Response {
    std::int64_t row = 0;  ///< of the file, as a spreadsheet counts
    std::string id;        ///< the tool's own
    std::string person, email, name, account, language;
    std::optional<int> score;
    std::string comment;
    Moment at;
    std::string written_at, zone;  ///< as the file has it
    std::vector<std::pair<std::string, std::string>> questions, properties;
    std::vector<std::string> tags, notes;
    std::string permalink;
    bool partial = false;

    bool says_something() const { return score || !comment.empty() || !questions.empty(); }
};

/// "9", "9.0" and "10 - Extremely likely" are scores; nothing is none. Errors: invalid, also for 11.
Result<std::optional<int>> read_score(std::string_view text);
/// "EN-GB", "pt_BR" as a language tag; empty when it is none.
std::string language_tag(std::string_view text);
std::string trimmed(std::string_view text);
/// Lower case, without spaces around it.
std::string address(std::string_view text);
/// The items of "a, b; c".
std::vector<std::string> listed(std::string_view text);

/// Quotes and all. The text must be UTF-8.
void append_text(std::string& out, std::string_view text);
/// A row for ingest().put_batch. Errors: invalid, with what no observation may hold.
Result<std::string> row_json(const Response& response, const Wish& wish);
/// One that says nothing but who somebody is.
std::string person_json(const Response& response, const Wish& wish);
/// Short enough for a key, the same for the same text.
std::string fingerprint(std::string_view text);

}  // namespace candour::imports
