#include "edge/mail/submission/session.hpp"

#include "edge/mail/submission/opening.hpp"

namespace candour::mail {
namespace {

struct Connected {
    explicit Connected(Pool& of) : pool(of) { pool.connected(); }
    ~Connected() { pool.disconnected(); }
    Connected(const Connected&) = delete;
    Connected& operator=(const Connected&) = delete;
    Pool& pool;
};

/// Whatever throws while a connection is opened, the message it was opened for gets an outcome.
struct Custody {
    ~Custody() {
        if (job)
            pool.settle(job, flow::Outcome{flow::Fate::deferred, 0, "", "the session ended unexpectedly"});
    }
    Pool& pool;
    JobPtr job;
};

}  // namespace

flow::Task<void> Session::run() {
    while (!idle_) {
        JobPtr job = co_await pool_.take();
        if (!job) co_return;
        co_await serve(std::move(job));
    }
}

flow::Task<void> Session::serve(JobPtr job) {
    Custody custody{pool_, std::move(job)};
    Wire wire(pool_.executor(), pool_.config());
    const bool needs_tls = pool_.config().tls != TlsPolicy::off;
    Result<TlsContext> tls = needs_tls ? pool_.tls() : Result<TlsContext>();
    Opening opening(wire, pool_.config(), std::move(tls));
    const Opened opened = co_await opening.run();
    if (opened.too_fast) pool_.slow_down("");
    if (opened.failed) {
        pool_.unreachable(std::exchange(custody.job, nullptr), *opened.failed);
        co_return;
    }
    const Connected counted(pool_);
    Conversation conversation(pool_, wire, opened.offered);
    JobPtr first = std::exchange(custody.job, nullptr);
    idle_ = co_await conversation.run(std::move(first));
}

}  // namespace candour::mail
