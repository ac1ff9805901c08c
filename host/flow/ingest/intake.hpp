/// The path of a request to a collector: journaled, run, settled. Whatever happens in between, it has one
/// outcome.
#pragma once
#include <string>

#include "flow/clock.hpp"
#include "flow/evidence/links.hpp"
#include "flow/ingest/collectors.hpp"
#include "flow/ingest/journal.hpp"

namespace candour::flow {

/// Says which page will show what became of an item.
using PageUrl = std::function<std::string(const MessageId&)>;

struct Submitted {
    bool settled = false;  ///< false: durable, but not understood yet; the sender hears "received"
    Collected reply;       ///< only when settled
};

class Intake {
 public:
    Intake(Journal& journal, Collectors& collectors, LinkStore& links, const Clock& clock, PageUrl page_url)
        : journal_(journal),
          collectors_(collectors),
          links_(links),
          clock_(clock),
          page_url_(std::move(page_url)) {}

    /// Looking, and trying out: nothing is written, and what the plugin ingests meanwhile is dropped.
    Task<Result<Collected>> view(CollectRequest request);
    /// Errors: unavailable or exhausted before anything was kept; the sender must send again.
    Task<Result<Submitted>> submit(CollectRequest request);
    /// A job that was given up, once more; `settled` is false when the plugin failed again. Its outcome is
    /// the caller's to write.
    Task<Result<Submitted>> again(std::int64_t journal_id, CollectRequest request);
    /// Runs the jobs that are owed, until cancelled.
    Task<void> recover();
    /// One look. Returns how many jobs it worked on.
    Task<Result<int>> recover_once();

 private:
    Task<Result<Submitted>> work(std::int64_t journal_id, CollectRequest request, bool settled_before);
    Task<Result<Submitted>> with_page(CollectRequest request, Collected reply, ItemId item);

    Journal& journal_;
    Collectors& collectors_;
    LinkStore& links_;
    const Clock& clock_;
    PageUrl page_url_;
};

}  // namespace candour::flow
