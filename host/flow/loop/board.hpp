/// How many items stand where, and how long they stay there: the heads of a board's columns.
#pragma once
#include <vector>

#include "core/loop/pace.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::flow {

struct ColumnCount {
    core::State state = core::State::raised;
    std::int64_t items = 0;
    bool more = false;  ///< there are at least so many
};

struct BoardCounts {
    std::vector<ColumnCount> columns;  ///< every state once
    std::vector<core::Pace>
        paces;  ///< of all items that something happened to lately, whatever was asked for
};

class Board {
 public:
    virtual ~Board() = default;
    /// Order, place, limit and state of the query mean nothing here.
    virtual Task<Result<BoardCounts>> counts(ItemQuery query) = 0;
};

}  // namespace candour::flow
