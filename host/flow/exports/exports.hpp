/// Everything that there is, page after page in an order that nothing new disturbs: for spreadsheets, other
/// programs, and whoever wants to leave.
#pragma once
#include <string>
#include <vector>

#include "flow/loop/commitments.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::flow {

/// A promise that deciding about the item made.
struct ItemPromise {
    int round = 1;
    std::string promise;
    core::Instant due_at;
    std::string standing;
    core::Instant settled_at;
};

/// An item with its whole ledger and its promises.
struct ItemFile {
    ItemView view;
    std::vector<HistoryEntry> history;
    std::vector<ItemPromise> promises;
};
struct ItemFiles {
    std::vector<ItemFile> files;
    std::optional<ItemPlace> next;
};

/// One fact as a collector brought it. `content` is what was said, as JSON.
struct AnswerRow {
    std::int64_t seq = 0;
    std::string source, kind, about;
    std::string account_id, account, contact_id, contact, email;
    std::optional<int> score;
    std::string answer_class;
    std::string content;
    core::Instant occurred_at, received_at;
};

struct AnswerQuery {
    std::string account, contact, source, kind;  ///< empty: any
    core::Instant since = core::kNever, until = core::kNever;
    std::int64_t after = 0;  ///< the number of the last one before
    int limit = 200;
    std::string sees{};  ///< flow::Sight: only what lies within it
};

/// Where a page of promises ended: first those of items, then those that stand alone.
struct PromisePlace {
    bool lone = false;
    std::string item;
    std::int64_t number = 0;  ///< the round, or the number of one that stands alone
};

class Exports {
 public:
    virtual ~Exports() = default;
    virtual Task<Result<ItemFiles>> item_files(ItemQuery query, core::Instant now) = 0;
    /// In order of arrival; fewer than asked for: those were the last.
    virtual Task<Result<std::vector<AnswerRow>>> answers(AnswerQuery query) = 0;
    /// Behind `place`; none: those were the last of their kind. `query` says which, not in which order.
    virtual Task<Result<std::vector<CommitmentView>>> promises(CommitmentQuery query, PromisePlace place,
                                                               core::Instant now) = 0;
};

}  // namespace candour::flow
