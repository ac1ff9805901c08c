/// What happens to items, as it happens: one reader of the ledger for any number of listeners.
///
/// Numbers are the ledger's own, so a listener that was away says the last one it has seen and misses
/// nothing. Hosts that share a database see each other's events, because all of them read the same ledger.
#pragma once
#include <boost/asio/basic_waitable_timer.hpp>

#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/loop/open_drafts.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct Change {
    std::int64_t seq = 0;
    ItemId item;
    std::int64_t number = 0;
    int version = 0;
    int round = 1;
    std::string event;
    core::Instant at;
    std::string actor;
    std::string account, contact, owner;  ///< as they are now
    std::string state;
};

class ChangeLog {
 public:
    virtual ~ChangeLog() = default;
    /// Oldest first: after < seq <= through.
    virtual Task<Result<std::vector<Change>>> changes(std::int64_t after, std::int64_t through,
                                                      int limit) = 0;
    virtual Task<Result<std::int64_t>> last_change() = 0;
};

class ChangeFeed {
 public:
    using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                             asio::wait_traits<std::chrono::steady_clock>, Executor>;

    /// Reads who is writing what at the moment; stands in no ledger.
    using ReadDrafts = std::function<Task<Result<std::vector<OpenDraft>>>()>;

    ChangeFeed(asio::io_context& io, ChangeLog& log, ReadDrafts read_drafts = {})
        : log_(log), read_drafts_(std::move(read_drafts)), pace_(io) {}

    /// Looks for news while somebody listens.
    Task<void> run();
    /// Where somebody begins who has seen nothing.
    Task<Result<std::int64_t>> now();
    std::size_t listeners() const { return listeners_; }

 private:
    friend class Listener;
    Task<void> look();
    Task<void> look_at_drafts();
    void take(std::vector<Change> news);
    void rest();
    void wake_all();

    ChangeLog& log_;
    ReadDrafts read_drafts_;
    Timer pace_;
    std::vector<OpenDraft> drafts_;
    std::int64_t drafts_turn_ = 0;  ///< counts up when they are others than before
    int looks_ = 0;
    std::deque<Change> recent_;  ///< the last ones, without a gap, up to `through_`
    std::int64_t through_ = -1;  ///< -1: nobody has asked yet
    std::int64_t gap_at_ = 0;    ///< a number that has not come; perhaps another host is about to commit it
    std::chrono::steady_clock::time_point gap_since_;
    std::int64_t beyond_gap_ = 0;  ///< the last number that stood behind it when it was found
    std::int64_t settled_ = 0;     ///< whatever is missing up to here never comes
    std::set<Timer*> waiting_;
    std::size_t listeners_ = 0;
    bool away_ = false;  ///< the database cannot be asked
};

/// One who listens. Belongs to the feed's thread; must end before the feed does.
class Listener {
 public:
    /// `seen`: the last number it has seen. `with_drafts`: it also wakes up when somebody begins or stops
    /// writing.
    Listener(asio::io_context& io, ChangeFeed& feed, std::int64_t seen, bool with_drafts = false);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// What came after what it has seen, at most a few hundred; empty when nothing came for so long.
    Task<Result<std::vector<Change>>> next(std::chrono::milliseconds patience);
    /// Who is writing what, when that is another list than the last time that this was asked.
    std::optional<std::vector<OpenDraft>> drafts();
    /// `next` returns soon.
    void end();

 private:
    bool hears_of_drafts() const { return with_drafts_ && feed_.drafts_turn_ != drafts_seen_; }

    ChangeFeed& feed_;
    ChangeFeed::Timer timer_;
    std::int64_t seen_;
    std::int64_t drafts_seen_ = 0;
    bool with_drafts_;
    bool ended_ = false;
};

}  // namespace candour::flow
