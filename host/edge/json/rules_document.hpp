/// Rules as a document (schemas/json/rules.schema.json) and back.
#pragma once
#include <boost/json/fwd.hpp>

#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "core/feedback/rules.hpp"

namespace candour::json {

/// `text` is the whole document. Errors: invalid, naming the place: `rules[2].when.score.at_most: expected
/// …`.
Result<core::Rules> read_rules(std::string_view text);
boost::json::object rules_document(const core::Rules& rules);
std::string write_rules(const core::Rules& rules);

/// Whose words and wishes a rule looks at, of an observation's content as the database keeps it.
struct SaidInAnswer {
    std::string verbatim;
    bool contact_me = false;
    core::AnswerValues answers;
};
SaidInAnswer said_in(std::string_view observation_content);

/// The further answers of an observation, as rules see them.
core::AnswerValues answer_values(std::string_view answers_json);

}  // namespace candour::json
