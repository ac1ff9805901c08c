#include "flow/ingest/intake.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include "core/feedback/signs.hpp"
#include "flow/ingest/retry.hpp"
#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

/// As long as a person will look at a page that does not come.
constexpr auto kPatience = 5s;
constexpr int kJobAttempts = 5;
constexpr auto kJournalLook = 2s;
constexpr int kJobsAtOnce = 32;
constexpr auto kAwhile = 10s;

/// Words in one part of an answer speak for all of it.
void settle_class(const CollectRequest& request, std::vector<core::Observation>& observations) {
    bool words = false;
    for (const core::Observation& one : observations) words = words || !one.verbatim.empty();
    for (core::Observation& one : observations)
        one.answer_class = core::class_of(request.answer_class, request.many_scores, words);
}

/// What is promised by an instant is promised within so many whole days.
int days_until(core::Instant due, core::Instant now) {
    return due > now ? static_cast<int>(std::chrono::ceil<std::chrono::days>(due - now).count()) : 0;
}

ItemId first_item(const std::vector<Accepted>& accepted) {
    for (const Accepted& one : accepted)
        if (!one.item.empty()) return one.item;
    return {};
}

}  // namespace

Task<Result<Collected>> Intake::view(CollectRequest request) {
    request.deadline = clock_.now() + kPatience;
    auto pending = collectors_.collect(std::move(request));
    Result<Collected> reply = co_await std::move(pending);
    co_return reply;
}

Task<Result<Submitted>> Intake::submit(CollectRequest request) {
    auto appending = journal_.append(request, clock_.now());
    Result<Journaled> journaled = co_await std::move(appending);
    if (!journaled) co_return journaled.error();
    if (journaled->repeated) {
        // The first request is what counts; what came now under its key is not looked at.
        const std::string fields = std::move(request.form_fields),
                          organisation = std::move(request.organisation);
        request = std::move(*journaled->first);
        request.form_fields = fields;
        request.organisation = organisation;
        request.attempt = 2;
    }
    auto working = work(journaled->id, std::move(request), journaled->settled);
    Result<Submitted> submitted = co_await std::move(working);
    co_return submitted;
}

Task<Result<Submitted>> Intake::work(std::int64_t journal_id, CollectRequest request, bool settled_before) {
    request.deadline = clock_.now() + kPatience;
    auto collecting = collectors_.collect(request);
    Result<Collected> reply = co_await std::move(collecting);
    if (!reply && worth_another_try(reply.error().code)) {
        log::warn("ingest: job {} of {} waits for another try: {}", journal_id, request.plugin,
                  reply.error().message);
        co_return Submitted{};
    }
    JobOutcome outcome;
    outcome.journal_id = journal_id;
    outcome.attempts = request.attempt;
    if (reply) {
        outcome.status = reply->status;
        outcome.settlement = reply->status < 300 ? Settlement::accepted : Settlement::refused;
        outcome.observations = std::move(reply->observations);
        if (request.event.empty()) settle_class(request, outcome.observations);
    } else {
        outcome.settlement = Settlement::refused;
        outcome.status = 422;
        outcome.detail = reply.error().message;
    }
    // A repeat passes through the keys once more and gets the first result; nothing is counted twice.
    if (settled_before) outcome.journal_id = 0;
    auto settling = journal_.settle(std::move(outcome), clock_.now());
    Result<std::vector<Accepted>> accepted = co_await std::move(settling);
    if (!accepted) {
        log::warn("ingest: job {} of {} is not settled yet: {}", journal_id, request.plugin,
                  accepted.error().message);
        co_return Submitted{};
    }
    if (!reply) co_return reply.error();
    if (!request.event.empty()) co_return Submitted{true, std::move(*reply)};
    auto finishing = with_page(std::move(request), std::move(*reply), first_item(*accepted));
    Result<Submitted> submitted = co_await std::move(finishing);
    co_return submitted;
}

/// Only now is it known whether somebody will answer; then the plugin's page is asked for again, with the
/// address of the page on which the customer will see what became of it.
Task<Result<Submitted>> Intake::with_page(CollectRequest request, Collected reply, ItemId item) {
    Submitted submitted{true, std::move(reply)};
    if (item.empty()) co_return submitted;
    auto finding = links_.page_of(item);
    Result<MessageId> page = co_await std::move(finding);
    if (!page || page->empty()) co_return submitted;
    auto promising = links_.hear_due(item);
    const Result<core::Instant> due = co_await std::move(promising);
    if (due) request.hear_days = days_until(*due, clock_.now());
    request.loop_url = page_url_(*page);
    request.attempt = 2;
    request.deadline = clock_.now() + kPatience;
    auto collecting = collectors_.collect(std::move(request));
    Result<Collected> again = co_await std::move(collecting);
    if (again) submitted.reply = std::move(*again);
    co_return submitted;
}

Task<Result<Submitted>> Intake::again(std::int64_t journal_id, CollectRequest request) {
    auto working = work(journal_id, std::move(request), true);
    Result<Submitted> submitted = co_await std::move(working);
    co_return submitted;
}

Task<Result<int>> Intake::recover_once() {
    auto taking = journal_.take_pending(clock_.now(), kJobsAtOnce);
    Result<std::vector<PendingJob>> jobs = co_await std::move(taking);
    if (!jobs) co_return jobs.error();
    for (PendingJob& job : *jobs) {
        // Whoever is not asked did not fail: a job waits for its plugin as long as that is away.
        if (!collectors_.serves(job.request.plugin)) {
            auto postponing = journal_.postpone(job, clock_.now() + kAwhile);
            const Done postponed = co_await std::move(postponing);
            if (!postponed) co_return postponed.error();
            continue;
        }
        if (job.attempts >= kJobAttempts) {
            JobOutcome dead;
            dead.journal_id = job.id;
            dead.settlement = Settlement::dead_lettered;
            dead.attempts = job.attempts;
            dead.detail = "no outcome after " + std::to_string(job.attempts) + " tries";
            log::error("ingest: job {} of {} is dead-lettered: {}", job.id, job.request.plugin, dead.detail);
            auto settling = journal_.settle(std::move(dead), clock_.now());
            Result<std::vector<Accepted>> settled = co_await std::move(settling);
            if (!settled) co_return settled.error();
            continue;
        }
        job.request.attempt = job.attempts + 1;
        auto working = work(job.id, std::move(job.request), false);
        Result<Submitted> submitted = co_await std::move(working);
        if (!submitted) log::warn("ingest: job {} was refused: {}", job.id, submitted.error().message);
    }
    co_return static_cast<int>(jobs->size());
}

Task<void> Intake::recover() {
    const Executor executor = co_await asio::this_coro::executor;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               Executor>
        timer(executor);
    for (;;) {
        auto recovering = recover_once();
        Result<int> worked_on = co_await std::move(recovering);
        if (!worked_on) log::warn("ingest: the journal cannot be read: {}", worked_on.error().message);
        timer.expires_after(kJournalLook);
        co_await timer.async_wait(use_task);
    }
}

}  // namespace candour::flow
