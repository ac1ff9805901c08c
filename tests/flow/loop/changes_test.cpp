#include "flow/loop/changes.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>

#include "support/eventually.hpp"
#include "support/run_task.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

/// A ledger in memory. Numbers may come in any order, as those of two hosts do.
class Ledger final : public ChangeLog {
 public:
    void append(std::int64_t seq) {
        Change change;
        change.seq = seq;
        rows[seq] = change;
    }
    Task<Result<std::vector<Change>>> changes(std::int64_t after, std::int64_t through, int limit) override {
        ++looks;
        if (away) co_return Error{ErrorCode::unavailable, "away"};
        std::vector<Change> found;
        for (const auto& [seq, change] : rows)
            if (seq > after && seq <= through && found.size() < static_cast<std::size_t>(limit))
                found.push_back(change);
        co_return found;
    }
    Task<Result<std::int64_t>> last_change() override { co_return rows.empty() ? 0 : rows.rbegin()->first; }

    std::map<std::int64_t, Change> rows;
    int looks = 0;
    bool away = false;
};

class ChangeFeedTest : public testing::Test {
 protected:
    ChangeFeedTest() {
        asio::co_spawn(io, feed.run(), [](const std::exception_ptr&) {});
    }
    /// What a listener gets, until it has `count` of them.
    std::vector<std::int64_t> hear(Listener& listener, std::size_t count) {
        std::vector<std::int64_t> seqs;
        while (seqs.size() < count) {
            const auto news = support::run_task(io, listener.next(5s));
            EXPECT_TRUE(news);
            if (!news || news->empty()) break;
            for (const Change& change : *news) seqs.push_back(change.seq);
        }
        return seqs;
    }
    using Seqs = std::vector<std::int64_t>;

    asio::io_context io;
    Ledger ledger;
    ChangeFeed feed{io, ledger};
};

TEST_F(ChangeFeedTest, TellsEveryListenerWhatComesAfterWhatItHasSeen) {
    for (std::int64_t seq = 1; seq <= 5; ++seq) ledger.append(seq);
    Listener early(io, feed, 2), late(io, feed, 5);
    EXPECT_EQ(hear(early, 3), (Seqs{3, 4, 5}));
    ledger.append(6);
    EXPECT_EQ(hear(early, 1), Seqs{6});
    EXPECT_EQ(hear(late, 1), Seqs{6});
}

TEST_F(ChangeFeedTest, CatchesUpOverManyPages) {
    for (std::int64_t seq = 1; seq <= 1'000; ++seq) ledger.append(seq);
    Listener listener(io, feed, 0);
    const Seqs seqs = hear(listener, 1'000);
    ASSERT_EQ(seqs.size(), 1'000U);
    for (std::size_t i = 0; i < seqs.size(); ++i) ASSERT_EQ(seqs[i], static_cast<std::int64_t>(i) + 1);
}

TEST_F(ChangeFeedTest, WaitsForANumberThatAnotherHostIsAboutToCommit) {
    ledger.append(1);
    Listener listener(io, feed, 1);
    EXPECT_TRUE(support::run_task(io, listener.next(1ms))->empty());
    ledger.append(3);
    EXPECT_TRUE(support::run_task(io, listener.next(300ms))->empty()) << "2 may still come";
    ledger.append(2);
    EXPECT_EQ(hear(listener, 2), (Seqs{2, 3}));
}

TEST_F(ChangeFeedTest, GoesOnWithoutANumberThatNeverComes) {
    ledger.append(1);
    Listener listener(io, feed, 1);
    EXPECT_TRUE(support::run_task(io, listener.next(1ms))->empty());
    ledger.append(3);
    EXPECT_EQ(hear(listener, 1), Seqs{3});
}

TEST_F(ChangeFeedTest, LooksForNothingWhileNobodyListens) {
    ledger.append(1);
    {
        Listener listener(io, feed, 0);
        EXPECT_EQ(hear(listener, 1), Seqs{1});
    }
    const int looks = ledger.looks;
    io.restart();
    io.run_for(200ms);
    EXPECT_LE(ledger.looks, looks + 1);
    EXPECT_EQ(feed.listeners(), 0U);
}

TEST_F(ChangeFeedTest, ComesBackWhenTheDatabaseDoes) {
    ledger.append(1);
    Listener listener(io, feed, 1);
    (void)support::run_task(io, listener.next(1ms));
    ledger.away = true;
    ledger.append(2);
    EXPECT_TRUE(support::run_task(io, listener.next(100ms))->empty());
    ledger.away = false;
    EXPECT_EQ(hear(listener, 1), Seqs{2});
}

TEST_F(ChangeFeedTest, LetsAListenerGoAtOnce) {
    Listener listener(io, feed, 0);
    bool ended = false;
    asio::co_spawn(io, listener.next(std::chrono::hours(1)),
                   [&ended](const std::exception_ptr&, const Result<std::vector<Change>>& news) {
                       ended = news && news->empty();
                   });
    io.restart();
    io.poll();
    listener.end();
    EXPECT_TRUE(support::eventually(io, [&ended] { return ended; }));
}

TEST_F(ChangeFeedTest, TellsThoseWhoWantToKnowWhoIsWriting) {
    std::vector<OpenDraft> open;
    ChangeFeed with_drafts(io, ledger, [&open]() -> Task<Result<std::vector<OpenDraft>>> { co_return open; });
    asio::co_spawn(io, with_drafts.run(), [](const std::exception_ptr&) {});
    Listener follows(io, with_drafts, 0, true), other(io, with_drafts, 0);
    EXPECT_FALSE(follows.drafts()) << "nobody writes, and nobody did";
    open.push_back({ItemId::trusted("itm_a"), "tea_ines", "hear", "Ines", {}, {}});
    EXPECT_TRUE(support::run_task(io, follows.next(5s))->empty()) << "no change, and woken up all the same";
    const auto heard = follows.drafts();
    ASSERT_TRUE(heard);
    ASSERT_EQ(heard->size(), 1U);
    EXPECT_EQ(heard->front().name, "Ines");
    EXPECT_FALSE(follows.drafts()) << "told once";
    EXPECT_FALSE(other.drafts());
    open.clear();
    EXPECT_TRUE(support::run_task(io, follows.next(5s))->empty());
    EXPECT_TRUE(follows.drafts().value_or(open).empty());
    follows.end();
}

}  // namespace
}  // namespace candour::flow
