/// Acts of advocacy come in, one by one or as a file: facts about a contact on the day on which they
/// happened.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/metrics/act.hpp"
#include "flow/ingest/past_answers.hpp"

namespace candour::flow {

struct ActNeeds {
    Relationships& relationships;
    Observations& observations;
    KnownFacts& known;
    const Clock& clock;
    CivilDays days;
    /// The act's fields as a document.
    std::function<std::string(const core::AdvocacyAct&)> fields_of;
};

class Acts {
 public:
    explicit Acts(ActNeeds needs) : needs_(std::move(needs)) {}

    /// Rows that are there already change nothing; a row that says something else of the same act takes its
    /// place.
    Task<Result<ImportReport>> import(core::Import<core::ActRow> acts, bool dry_run);
    /// true: it is news. Errors: invalid, not_found (contact), conflict (several contacts with that address).
    Task<Result<bool>> record(core::AdvocacyAct act);

 private:
    Result<core::Observation> observation_of(const core::AdvocacyAct& act,
                                             const std::vector<core::Account>& accounts,
                                             const std::vector<core::Contact>& contacts) const;

    ActNeeds needs_;
};

}  // namespace candour::flow
