#include "flow/loop/changes.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <limits>

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

/// A change is heard of within this time, and one look costs an index lookup.
constexpr std::chrono::milliseconds kPace = 40ms;
/// Between two looks when nobody listens, or the database is away.
constexpr std::chrono::milliseconds kRest = 1s;
/// Another host commits its numbers in another order; whoever has not committed by now has taken them back.
constexpr std::chrono::seconds kGapPatience = 2s;
/// Who writes what is asked for with every tenth look: it is heard of within half a second.
constexpr int kDraftsEvery = 10;
constexpr std::size_t kRemembered = 4096;
constexpr int kPage = 256;

}  // namespace

Task<Result<std::int64_t>> ChangeFeed::now() {
    auto asking = log_.last_change();
    Result<std::int64_t> last = co_await std::move(asking);
    co_return last;
}

Task<void> ChangeFeed::run() {
    for (;;) {
        pace_.expires_after(listeners_ == 0 || away_ ? kRest : kPace);
        boost::system::error_code woken;
        auto token = asio::redirect_error(use_task, woken);
        co_await pace_.async_wait(token);
        if (listeners_ == 0) {
            rest();
            continue;
        }
        auto looking = look();
        co_await std::move(looking);
        if (!read_drafts_ || ++looks_ % kDraftsEvery != 0) continue;
        auto looking_at_drafts = look_at_drafts();
        co_await std::move(looking_at_drafts);
    }
}

/// Nobody listens: the next one begins with what is there then.
void ChangeFeed::rest() {
    through_ = -1;
    recent_.clear();
    if (!drafts_.empty()) ++drafts_turn_;
    drafts_.clear();
}

Task<void> ChangeFeed::look_at_drafts() {
    auto reading = read_drafts_();
    Result<std::vector<OpenDraft>> open = co_await std::move(reading);
    if (!open || *open == drafts_) co_return;
    drafts_ = std::move(*open);
    ++drafts_turn_;
    wake_all();
}

Task<void> ChangeFeed::look() {
    if (through_ < 0) {
        auto asking = log_.last_change();
        const Result<std::int64_t> last = co_await std::move(asking);
        // What was written last may still have a number before it that another host is about to commit.
        if (last) through_ = std::max<std::int64_t>(0, *last - kPage);
        co_return;
    }
    auto reading = log_.changes(through_, std::numeric_limits<std::int64_t>::max(), kPage);
    Result<std::vector<Change>> news = co_await std::move(reading);
    away_ = !news;
    if (away_) co_return;
    take(std::move(*news));
}

/// Up to the first number that is missing. When it has been missing for long, everything that stood behind it
/// at first is settled, with whatever else is missing among it.
void ChangeFeed::take(std::vector<Change> news) {
    const auto now = std::chrono::steady_clock::now();
    const std::int64_t before = through_, last = news.empty() ? 0 : news.back().seq;
    for (Change& change : news) {
        if (change.seq != through_ + 1 && change.seq > settled_) {
            if (gap_at_ != through_ + 1) {
                gap_at_ = through_ + 1;
                gap_since_ = now;
                beyond_gap_ = last;
            }
            if (now - gap_since_ < kGapPatience) break;
            settled_ = beyond_gap_;
        }
        through_ = change.seq;
        recent_.push_back(std::move(change));
    }
    while (recent_.size() > kRemembered) recent_.pop_front();
    if (through_ != before) wake_all();
}

void ChangeFeed::wake_all() {
    for (Timer* timer : waiting_) timer->cancel();
}

Listener::Listener(asio::io_context& io, ChangeFeed& feed, std::int64_t seen, bool with_drafts)
    : feed_(feed), timer_(io), seen_(seen), with_drafts_(with_drafts) {
    if (feed_.listeners_++ == 0) feed_.pace_.cancel();
}

Listener::~Listener() {
    --feed_.listeners_;
}

std::optional<std::vector<OpenDraft>> Listener::drafts() {
    if (!hears_of_drafts()) return std::nullopt;
    drafts_seen_ = feed_.drafts_turn_;
    return feed_.drafts_;
}

void Listener::end() {
    ended_ = true;
    timer_.cancel();
}

Task<Result<std::vector<Change>>> Listener::next(std::chrono::milliseconds patience) {
    std::vector<Change> found;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (bool waits = true; waits && feed_.through_ <= seen_ && !ended_ && !hears_of_drafts();) {
        feed_.waiting_.insert(&timer_);
        timer_.expires_at(deadline);
        boost::system::error_code woken;
        auto token = asio::redirect_error(use_task, woken);
        co_await timer_.async_wait(token);
        feed_.waiting_.erase(&timer_);
        waits = static_cast<bool>(woken);  // by news, perhaps of what this one has seen already
    }
    if (ended_ || feed_.through_ <= seen_) co_return found;
    const bool remembered = !feed_.recent_.empty() && feed_.recent_.front().seq <= seen_ + 1;
    if (remembered) {
        const auto first =
            std::upper_bound(feed_.recent_.begin(), feed_.recent_.end(), seen_,
                             [](std::int64_t seq, const Change& change) { return seq < change.seq; });
        const auto count = std::min<std::ptrdiff_t>(kPage, feed_.recent_.end() - first);
        found.assign(first, first + count);
    } else {
        auto reading = feed_.log_.changes(seen_, feed_.through_, kPage);
        Result<std::vector<Change>> older = co_await std::move(reading);
        if (!older) co_return older;
        found = std::move(*older);
        if (found.empty()) seen_ = feed_.through_;
    }
    if (!found.empty()) seen_ = found.back().seq;
    co_return found;
}

}  // namespace candour::flow
