/// /api/v1/commitments: what was promised in deciding about items, and elsewhere.
#pragma once
#include <memory>

#include "core/policies.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"
#include "edge/http/routes/listing.hpp"
#include "flow/clock.hpp"
#include "flow/loop/calendars.hpp"
#include "flow/loop/commitments.hpp"
#include "flow/relationship/care.hpp"

namespace candour::http {

inline constexpr std::string_view kCommitmentFilters[] = {"standing", "source", "owner", "account",
                                                          "due_before"};
/// Errors: invalid, naming the filter, what was expected and what was found.
Result<flow::CommitmentQuery> read_commitment_query(const ListQuery& list);

struct CommitmentNeeds {
    flow::Commitments& commitments;
    flow::Calendars& calendars;
    flow::Care& care;
    const flow::Clock& clock;
    std::shared_ptr<const core::Policies> policies;
};

class CommitmentRoutes {
 public:
    explicit CommitmentRoutes(CommitmentNeeds needs) : needs_(std::move(needs)) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> list(Request request);
    flow::Task<Response> show(Request request);
    flow::Task<Response> promise(Request request, flow::Caller caller);
    flow::Task<Response> settle(Request request, flow::Caller caller, bool kept);
    flow::Task<Result<core::Commitment>> read_promise(JsonBody body);
    flow::Task<Response> answer(core::CommitmentId id, unsigned status, std::string path);

    CommitmentNeeds needs_;
};

}  // namespace candour::http
