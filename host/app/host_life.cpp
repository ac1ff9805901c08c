/// What a host does by itself while it runs, and how it ends.
#include "app/host.hpp"
#include "edge/store/ledger_check.hpp"
#include "edge/store/migrate.hpp"
#include "log/log.hpp"

namespace candour::app {

using namespace std::chrono_literals;

/// A database that knows less than this host saw was restored: what was sent since, it would send again.
flow::Task<Done> Host::judge_sent_mark() {
    dispatcher_.before_sending([this](std::int64_t mark) { sent_mark_.write({mark, clock_.now()}); });
    const flow::SentMark seen = sent_mark_.read();
    auto reading = stores_.sending.state(seen);
    const Result<flow::SendingState> state = co_await std::move(reading);
    if (!state) co_return state.error();
    const bool is_new = state->mark == 0 && state->in_doubt == 0;
    const bool knows_all = seen.mark <= state->mark || is_new;
    if (knows_all && !core::happened(state->stopped_at)) co_return done();
    auto stopping = stores_.sending.stop(clock_.now());
    const Done stopped = co_await std::move(stopping);
    log::error(
        "sending: this database is older than what was sent from here: it was restored. No mail leaves "
        "until somebody runs `candour campaign reconcile`");
    co_return stopped;
}

flow::Task<void> Host::keep_checkpoints() {
    for (;;) {
        auto waiting = clock_.wait_until(clock_.now() + 24h);
        co_await std::move(waiting);
        std::function<Done(store::Session&)> work = [now = clock_.now()](store::Session& session) {
            store::append_checkpoint(session, now);
            return done();
        };
        auto writing = stores_.database.write<Nothing>(std::move(work));
        Done written = co_await std::move(writing);
        if (!written) log::warn("ledger: no checkpoint today: {}", written.error().message);
    }
}

flow::Task<void> Host::forget_fetches() {
    for (;;) {
        auto forgetting = stores_.fetches.forget_before(clock_.now() - flow::kFetchesKept);
        const Done forgotten = co_await std::move(forgetting);
        if (!forgotten) log::warn("links: old fetches are still there: {}", forgotten.error().message);
        auto waiting = clock_.wait_until(clock_.now() + 1h);
        co_await std::move(waiting);
    }
}

/// A newer program may migrate the database under this one; what then fails says nothing of why.
flow::Task<void> Host::watch_schema() {
    std::string said;
    for (;;) {
        auto waiting = clock_.wait_until(clock_.now() + 1min);
        co_await std::move(waiting);
        auto looking = store::schema_still_fits(stores_.database);
        const Done fits = co_await std::move(looking);
        const bool moved =
            !fits && (fits.error().code == ErrorCode::conflict || fits.error().code == ErrorCode::invalid);
        const std::string why = moved ? fits.error().message : "";
        if (moved && why != said)
            log::error(
                "store: {}. The database was changed while this host runs on it: stop this host, and "
                "start the program that fits",
                why);
        said = why;
    }
}

/// An ended certificate keeps browsers away, but mail and plugins go on: it is no reason not to start.
Done Host::start_tls() {
    if (!config_.tls) return done();
    Result<std::shared_ptr<http::TlsCredentials>> read = http::TlsCredentials::read(*config_.tls);
    if (!read) return read.error();
    tls_ = std::move(*read);
    server_.speak_tls(tls_);
    if (const std::string why = tls_->facts().why_not(clock_.now()); !why.empty())
        log::error("tls: browsers refuse {}: {}; renew it and send SIGHUP", config_.tls->certificate.string(),
                   why);
    return done();
}

void Host::renew_certificate() {
    if (!tls_) return log::info("tls: nothing to read again, server.tls is not set");
    if (Done read = tls_->read_again(); !read)
        return log::error("tls: the certificate stays as it was: {}", read.error().message);
    const std::string why = tls_->facts().why_not(clock_.now());
    if (why.empty()) return log::info("tls: the certificate was read again");
    log::error("tls: the certificate was read again, but browsers refuse it: {}", why);
}

flow::Task<void> Host::stop() {
    if (lmtp_) {
        auto ending_mail = lmtp_->stop(5s);
        const std::size_t unfinished = co_await std::move(ending_mail);
        if (unfinished > 0)
            log::warn("mail: {} sessions were cut off; what they had not finished comes again", unfinished);
    }
    auto closing = server_.stop(5s);
    const std::size_t cut_off = co_await std::move(closing);
    if (cut_off > 0) log::warn("http: {} connections were cut off", cut_off);
    if (submission_) submission_->stop();
    auto writing_receipts = dispatcher_.end(5s);
    co_await std::move(writing_receipts);
    auto ending = registry_.stop_all(5s);
    co_await std::move(ending);
}

}  // namespace candour::app
