/// Answers as a list, newest first: what was said at an account, by a person, in a campaign, to a survey.
#pragma once
#include <limits>

#include "flow/exports/exports.hpp"

namespace candour::flow {

struct AnswerListQuery {
    std::string account, contact, campaign;  ///< ids
    std::string about;                       ///< a survey's id
    std::string answer_class;
    core::Instant since = core::kNever, until = core::kNever;
    std::int64_t before =
        std::numeric_limits<std::int64_t>::max();  ///< the number of the last one of the page before
    int limit = 50;
    std::string sees{};  ///< flow::Sight: only what lies within it
};

struct ListedAnswer {
    AnswerRow row;
    std::int64_t item = 0;  ///< the number of the item that it raised; 0: none
};

class Answers {
 public:
    virtual ~Answers() = default;
    /// Fewer than asked for: those were the last.
    virtual Task<Result<std::vector<ListedAnswer>>> list(AnswerListQuery query) = 0;
};

}  // namespace candour::flow
