/// Who of us is writing about which item just now, so that two do not answer one customer. Only that somebody
/// writes is shared; what they write stays in their browser until they send it.
#pragma once
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct OpenDraft {
    ItemId item;
    std::string holder;  ///< tea_… or tok_…
    std::string step;    ///< hear, decide, …, or note
    std::string name;    ///< of the holder
    core::Instant since;
    core::Instant until;  ///< it is forgotten then, unless its writer says again that they are at it
    friend bool operator==(const OpenDraft& a, const OpenDraft& b) {
        return a.item == b.item && a.holder == b.holder && a.step == b.step;
    }
};

class OpenDrafts {
 public:
    virtual ~OpenDrafts() = default;
    virtual Task<Done> hold(OpenDraft draft, core::Instant now) = 0;
    virtual Task<Done> let_go(OpenDraft draft) = 0;
    /// Of one item, or with an empty id of all; oldest first.
    virtual Task<Result<std::vector<OpenDraft>>> open(ItemId item, core::Instant now) = 0;
};

}  // namespace candour::flow
