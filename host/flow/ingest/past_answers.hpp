/// Answers of the past come in: facts with the day on which they were given, not items, unless somebody asks
/// for those.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/feedback/answer_rows.hpp"
#include "flow/clock.hpp"
#include "flow/ingest/observations.hpp"
#include "flow/relationship/relationships.hpp"

namespace candour::flow {

/// Which facts are there already.
class KnownFacts {
 public:
    virtual ~KnownFacts() = default;
    /// Those of `keys` under which `source` has put something.
    virtual Task<Result<std::set<std::string>>> known(std::string source, std::vector<std::string> keys) = 0;
};

/// A civil day as an instant, and an instant as a civil day, where the organisation lives.
struct CivilDays {
    std::function<Result<core::Instant>(std::chrono::year_month_day)> noon;
    std::function<Result<std::chrono::year_month_day>(core::Instant)> day_of;
};

struct PastAnswersReport {
    ImportReport rows;
    int raised = 0;  ///< items; in a dry run those that the default rules would raise
};

class PastAnswers {
 public:
    PastAnswers(Relationships& relationships, Observations& observations, KnownFacts& known,
                const Clock& clock, CivilDays days)
        : relationships_(relationships),
          observations_(observations),
          known_(known),
          clock_(clock),
          days_(std::move(days)) {}

    struct Wishes {
        bool dry_run = false;
        bool raise_items = false;
    };
    /// Rows that are there already change nothing, so that the same file can come again, after a failure
    /// half-way as well: what was kept is kept. Rows of unknown contacts and of days to come are problems.
    Task<Result<PastAnswersReport>> import(core::Import<core::AnswerRow> answers, Wishes wishes);

 private:
    struct Plan;
    Task<Result<Plan>> plan(core::Import<core::AnswerRow> answers, Wishes wishes);
    Task<Done> look(Plan& plan);
    Task<Done> keep(Plan& plan);

    Relationships& relationships_;
    Observations& observations_;
    KnownFacts& known_;
    const Clock& clock_;
    CivilDays days_;
};

}  // namespace candour::flow
