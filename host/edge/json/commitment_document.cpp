#include "edge/json/commitment_document.hpp"

#include <boost/json.hpp>

#include "edge/json/time_value.hpp"

namespace candour::json {

namespace bj = boost::json;

bj::object commitment_document(const flow::CommitmentView& one) {
    const bool lone = one.round == 0;
    return {{"id", lone ? bj::value(one.subject) : bj::value(nullptr)},
            {"item", lone ? bj::value(nullptr) : bj::value(one.subject)},
            {"alias", (lone ? "PR-" : "LP-") + std::to_string(one.number)},
            {"version", one.version},
            {"round", one.round},
            {"promise", one.promise},
            {"source", one.source},
            {"due_at", to_rfc3339(one.due_at)},
            {"standing", one.standing},
            {"settled_at", time_or_null(one.settled_at)},
            {"account", one.account},
            {"account_id", one.account_id},
            {"contact", one.contact},
            {"contact_id", one.contact_id},
            {"owner", one.owner},
            {"owner_id", one.owner_id}};
}

}  // namespace candour::json
