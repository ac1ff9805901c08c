#include "edge/store/journal.hpp"

#include <set>

#include "candour_queries.hpp"
#include "core/delivery/message.hpp"
#include "edge/json/journal_entry.hpp"

namespace candour::store {
namespace {

using namespace std::chrono_literals;

/// Whoever took a job in works on it for five seconds; after twice that nobody does any more.
constexpr auto kInHand = 10s;

class JournalJob final : public TypedJob<flow::Journaled> {
 public:
    JournalJob(BatchStep& step, const flow::CollectRequest& request, core::Instant now)
        : row{request.plugin, request.key, json::write_journal_entry(request), now}, step_(step) {}
    void run(Session&) override {}
    BatchStep* step() const override { return &step_; }

    const JournalRow row;

 private:
    BatchStep& step_;
};

Result<flow::CollectRequest> request_of(const std::string& plugin, const std::string& key,
                                        const std::string& entry) {
    Result<flow::CollectRequest> request = json::read_journal_entry(entry);
    if (!request) return request;
    request->plugin = plugin;
    request->key = key;
    return request;
}

Result<flow::Journaled> find_first(Session& session, const std::string& plugin, const std::string& key) {
    flow::Journaled journaled;
    std::string entry;
    long long id = 0, settled = 0;
    Call call = session.call(sql::ingest::find_journal);
    call.with("plugin", plugin).with("key", key).into(id).into(entry).into(settled);
    if (!call.next())
        return Error{ErrorCode::internal, "journal: key " + key + " is taken and its request is not there"};
    Result<flow::CollectRequest> first = request_of(plugin, key, entry);
    if (!first) return first.error();
    journaled.id = id;
    journaled.repeated = true;
    journaled.settled = settled != 0;
    journaled.first = std::move(*first);
    return journaled;
}

struct JournalLook {
    long long settled_through = 0;
    bool owes = false;
};

Result<JournalLook> look_at_journal(Session& session, core::Instant arrived_before) {
    JournalLook look;
    long long owes = 0;
    Call call = session.call(sql::ingest::look_at_journal);
    call.with("arrived_before", arrived_before).into(look.settled_through).into(owes);
    call.next();
    look.owes = owes != 0;
    return look;
}

/// Whoever took a request in has tried it; nobody has tried an event.
int tries_of(const flow::CollectRequest& request, long long counted) {
    return static_cast<int>(counted == 0 && request.event.empty() ? 1 : counted);
}

/// Each job is counted as tried before anybody tries it.
Result<std::vector<flow::PendingJob>> claim_pending(Session& session, core::Instant now, int limit) {
    std::vector<flow::PendingJob> jobs;
    {
        std::string plugin, key, entry;
        long long id = 0, attempts = 0;
        Call call = session.call(sql::ingest::pending_journal);
        call.with("arrived_before", now - kInHand).with("now", now).with("limit", limit);
        call.into(id).into(plugin).into(key).into(entry).into(attempts);
        while (call.next()) {
            Result<flow::CollectRequest> request = request_of(plugin, key, entry);
            if (!request) return request.error();
            const int tries = tries_of(*request, attempts);
            jobs.push_back({id, std::move(*request), tries});
        }
    }
    for (const flow::PendingJob& job : jobs) {
        const std::optional<std::chrono::microseconds> wait = core::back_off(job.attempts, 0s);
        session.call(sql::ingest::count_retry)
            .with("journal_id", job.id)
            .with("attempts", job.attempts + 1)
            .with("not_before", now + *wait)
            .run();
    }
    return jobs;
}

}  // namespace

std::vector<std::int64_t> append_rows(Session& session, std::span<const JournalRow* const> rows) {
    std::vector<std::int64_t> ids = reserve_numbers(session, sql::ingest::reserve_journal_ids, rows.size());
    Bulk keys(sql::ingest::claim_journal_keys, {"plugin", "key", "journal_id"});
    for (std::size_t i = 0; i < rows.size(); ++i)
        keys.row({rows[i]->plugin, rows[i]->key, std::to_string(ids[i])});
    const std::set<std::int64_t> taken = keys.claim(session);
    Bulk fresh(sql::ingest::append_journal, {"id", "plugin", "key", "request", "received_at"});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const JournalRow& row = *rows[i];
        if (!taken.contains(ids[i]))
            ids[i] = 0;
        else
            fresh.row({std::to_string(ids[i]), row.plugin, row.key, row.entry,
                       std::to_string(core::to_us(row.at))});
    }
    fresh.run(session);
    return ids;
}

void JournalStep::run(Session& session, std::span<Job* const> jobs) {
    std::vector<const JournalRow*> rows;
    rows.reserve(jobs.size());
    for (const Job* job : jobs) rows.push_back(&static_cast<const JournalJob&>(*job).row);
    const std::vector<std::int64_t> ids = append_rows(session, rows);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        flow::Journaled journaled;
        journaled.id = ids[i];
        static_cast<JournalJob&>(*jobs[i]).set(ids[i] != 0
                                                   ? Result<flow::Journaled>(std::move(journaled))
                                                   : find_first(session, rows[i]->plugin, rows[i]->key));
    }
}

flow::Task<Result<flow::Journaled>> Journal::append(const flow::CollectRequest& request, core::Instant now) {
    return database_.write_job<flow::Journaled>(std::make_unique<JournalJob>(journal_step_, request, now));
}

flow::Task<Result<std::vector<flow::Accepted>>> Journal::settle(flow::JobOutcome outcome, core::Instant now) {
    return database_.write_job<std::vector<flow::Accepted>>(
        std::make_unique<IngestJob>(ingest_step_, std::move(outcome), now));
}

flow::Task<Result<std::vector<flow::Accepted>>> Journal::accept(std::vector<core::Observation> batch) {
    flow::JobOutcome outcome;
    outcome.observations = std::move(batch);
    auto pending = settle(std::move(outcome), clock_.now());
    Result<std::vector<flow::Accepted>> accepted = co_await std::move(pending);
    co_return accepted;
}

flow::Task<Done> Journal::postpone(const flow::PendingJob& job, core::Instant not_before) {
    return database_.write<Nothing>(
        [id = job.id, attempts = job.attempts, not_before](Session& session) -> Done {
            session.call(sql::ingest::count_retry)
                .with("journal_id", id)
                .with("attempts", attempts)
                .with("not_before", not_before)
                .run();
            return done();
        });
}

flow::Task<Result<std::vector<flow::PendingJob>>> Journal::take_pending(core::Instant now, int limit) {
    std::function<Result<JournalLook>(Session&)> glance = [now](Session& session) {
        return look_at_journal(session, now - kInHand);
    };
    auto looking = database_.read<JournalLook>(std::move(glance));
    Result<JournalLook> look = co_await std::move(looking);
    if (!look) co_return look.error();
    std::function<Result<std::vector<flow::PendingJob>>(Session&)> work = [now, limit,
                                                                           seen = *look](Session& session) {
        session.call(sql::ingest::raise_journal_floor).with("through_id", seen.settled_through).run();
        return seen.owes ? claim_pending(session, now, limit)
                         : Result<std::vector<flow::PendingJob>>(std::vector<flow::PendingJob>());
    };
    auto pending = database_.write<std::vector<flow::PendingJob>>(std::move(work));
    Result<std::vector<flow::PendingJob>> jobs = co_await std::move(pending);
    co_return jobs;
}

}  // namespace candour::store
