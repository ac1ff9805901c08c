#include <boost/asio/redirect_error.hpp>

#include "edge/mail/submission/session.hpp"

namespace candour::mail {
namespace {

/// QUIT is a courtesy; a server that does not answer it does not hold us up.
constexpr std::chrono::seconds kPartingPatience{2};

/// Refusals that speak of our set-up (wrong order, login or TLS missing), not of the message: nobody's mail
/// bounces because the relay's configuration is wrong.
bool about_us(const Reply& reply) {
    constexpr std::array codes{500, 501, 502, 503, 504, 530, 534, 535, 538};
    return std::ranges::find(codes, reply.code) != codes.end();
}

constexpr std::array<std::string_view, 3> kSteps{"MAIL FROM", "RCPT TO", "DATA"};
constexpr std::string_view kContent = "content";

flow::Outcome answered(std::string_view step, const Reply& reply) {
    // Once the envelope was taken, a 5xx can only be about the message.
    const bool refused = reply.permanent() && (step == kContent || !about_us(reply));
    const flow::Fate fate = refused ? flow::Fate::rejected : flow::Fate::deferred;
    return flow::Outcome{fate, reply.code, reply.status, std::string(step) + ": " + one_line(reply)};
}

/// A reply that says neither yes nor no: client and server no longer talk about the same thing.
bool out_of_step(const Reply& reply) {
    return !reply.positive() && !reply.temporary() && !reply.permanent();
}

flow::Outcome deferred(std::string why) {
    return flow::Outcome{flow::Fate::deferred, 0, "", std::move(why)};
}
flow::Outcome unknown(std::string why) {
    return flow::Outcome{flow::Fate::unknown, 0, "", std::move(why)};
}

flow::Outcome unfit(const Error& why) {
    return flow::Outcome{flow::Fate::rejected, 0, "5.6.3", why.message};
}

}  // namespace

Conversation::Conversation(Pool& pool, Wire& wire, const Capabilities& offered)
    : pool_(pool), wire_(wire), offered_(offered) {}

/// Reached with a message in hand only when something threw: the message still gets its outcome.
Conversation::~Conversation() {
    const std::string why = "the session ended unexpectedly";
    if (current_) settle(past_return_ ? unknown(why) : deferred(why));
    if (next_) pool_.settle(next_, deferred(why));
}

flow::Task<bool> Conversation::run(JobPtr first) {
    current_ = std::move(first);
    while (current_) {
        const Done fitting = fits(current_->parcel, offered_);
        if (fitting) {
            co_await hand_over();
        } else {
            settle(unfit(fitting.error()));
        }
        if (!alive_) {
            wire_.close();
            co_return false;
        }
        current_ = std::exchange(next_, nullptr);
        if (current_ || used_up()) continue;
        current_ = co_await pool_.take();
    }
    const bool idle = !used_up();
    co_await good_bye();
    co_return idle;
}

flow::Task<void> Conversation::hand_over() {
    // A companion's envelope has travelled already; its replies are all that is missing.
    bool accepted = false;
    if (offered_.pipelining) {
        accepted = co_await announce_pipelined();
    } else {
        accepted = co_await announce_step_by_step();
    }
    if (accepted) co_await transfer();
}

std::string Conversation::announcement(const Job& job) {
    const std::string start = std::exchange(reset_, false) ? "RSET\r\n" : "";
    return start + envelope(job.parcel, offered_);
}

flow::Task<bool> Conversation::announce_pipelined() {
    if (!current_->announced) {
        const bool reset = reset_;
        std::string commands = announcement(*current_);
        const Written written = co_await wire_.write(std::move(commands));
        if (written.error) {
            lost(*written.error);
            co_return false;
        }
        if (reset) {
            const std::optional<Reply> forgotten = co_await answer(pool_.config().deadlines.reply);
            if (!forgotten) co_return false;
        }
    }
    std::array<Reply, kSteps.size()> replies;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        std::optional<Reply> read = co_await answer(pool_.config().deadlines.reply);
        if (!read) co_return false;
        replies[i] = *std::move(read);
        if (replies[i].code != 421) continue;
        refuse(kSteps[i], replies[i]);  // nothing follows a 421
        co_return false;
    }
    const bool accepted = co_await judge(replies[0], replies[1], replies[2]);
    co_return accepted;
}

flow::Task<bool> Conversation::announce_step_by_step() {
    if (std::exchange(reset_, false)) {
        std::string forget = "RSET\r\n";
        const std::optional<Reply> forgotten = co_await ask(std::move(forget));
        if (!forgotten) co_return false;
    }
    std::string mail = mail_command(current_->parcel, offered_);
    const std::optional<Reply> sender = co_await ask(std::move(mail));
    if (!sender) co_return false;
    if (!sender->positive()) {
        refuse(kSteps[0], *sender);
        co_return false;
    }
    std::string rcpt = rcpt_command(current_->parcel, offered_);
    const std::optional<Reply> recipient = co_await ask(std::move(rcpt));
    if (!recipient) co_return false;
    reset_ = true;
    if (!recipient->positive()) {
        refuse(kSteps[1], *recipient);
        co_return false;
    }
    std::string data = "DATA\r\n";
    const std::optional<Reply> content = co_await ask(std::move(data));
    if (!content) co_return false;
    if (content->code != 354) refuse(kSteps[2], *content);
    reset_ = content->code != 354;
    co_return content->code == 354;
}

flow::Task<bool> Conversation::judge(Reply mail, Reply rcpt, Reply data) {
    if (mail.positive() && rcpt.positive() && data.code == 354) co_return true;
    const bool sender_refused = !mail.positive();
    if (sender_refused) {
        refuse(kSteps[0], mail);
    } else if (!rcpt.positive()) {
        refuse(kSteps[1], rcpt);
    } else {
        refuse(kSteps[2], data);
    }
    reset_ = !sender_refused;
    if (!alive_ || data.code != 354) co_return false;
    // The server wants content though it took nobody (RFC 2920 3.1 allows that): a lone dot sends nothing to
    // no one. With a refused sender that makes no sense, so we leave.
    alive_ = !sender_refused;
    if (!alive_) co_return false;
    std::string lone_dot = ".\r\n";
    const std::optional<Reply> nothing_sent = co_await ask(std::move(lone_dot));
    reset_ = false;
    alive_ = nothing_sent.has_value();
    co_return false;
}

flow::Task<Done> Conversation::promise() {
    const Error stopping{ErrorCode::cancelled, "mail submission is stopping"};
    if (pool_.stopping()) co_return stopping;
    const JobPtr job = current_;
    if (job->asked) pool_.promise_was(job->promised.has_value());
    ask_for_promise(job, pool_.executor());
    boost::system::error_code woken;
    auto token = asio::redirect_error(flow::use_task, woken);
    while (!job->promised) {
        job->answered.expires_at(Timer::time_point::max());
        co_await job->answered.async_wait(token);
    }
    if (pool_.stopping()) co_return stopping;
    co_return *job->promised;
}

/// The next message, if its envelope may travel with the content in hand.
JobPtr Conversation::companion() {
    if (!offered_.pipelining || pool_.stopping() || served_ + 1 >= pool_.config().messages_per_connection)
        return nullptr;
    JobPtr next = pool_.take_ready();
    if (!next) return nullptr;
    const Done fitting = fits(next->parcel, offered_);
    if (fitting) return next;
    pool_.settle(next, unfit(fitting.error()));
    return nullptr;
}

flow::Task<void> Conversation::transfer() {
    promised_ = true;
    const Done promised = co_await promise();
    if (!promised) {
        // No dot was sent, so closing the connection makes the server forget the transaction.
        settle(deferred("not sent, because the intent could not be recorded: " + promised.error().message));
        alive_ = false;
        co_return;
    }
    std::string bytes = std::move(current_->parcel.body);
    const std::size_t content = bytes.size();
    next_ = companion();
    if (next_) bytes += announcement(*next_);
    if (next_) next_->announced = true;
    if (next_) ask_for_promise(next_, pool_.executor());
    pool_.ask_ahead();
    past_return_ = true;
    const Written written = co_await wire_.write(std::move(bytes));
    past_return_ = written.bytes >= content;
    if (written.error) {
        lost(*written.error);
        co_return;
    }
    const std::optional<Reply> verdict = co_await answer(pool_.config().deadlines.final_reply);
    if (!verdict) co_return;
    if (verdict->go_on()) {
        lost(Error{ErrorCode::corrupt, "the server answered the content with " + one_line(*verdict)});
        co_return;
    }
    if (!verdict->positive()) co_return refuse(kContent, *verdict);
    settle(flow::Outcome{flow::Fate::handed_over, verdict->code, verdict->status, one_line(*verdict)});
}

flow::Task<std::optional<Reply>> Conversation::answer(std::chrono::milliseconds patience) {
    Result<Reply> reply = co_await wire_.reply(patience);
    if (reply) co_return *std::move(reply);
    lost(reply.error());
    co_return std::nullopt;
}

flow::Task<std::optional<Reply>> Conversation::ask(std::string command) {
    const Written written = co_await wire_.write(std::move(command));
    if (written.error) {
        lost(*written.error);
        co_return std::nullopt;
    }
    std::optional<Reply> reply = co_await answer(pool_.config().deadlines.reply);
    co_return reply;
}

flow::Task<void> Conversation::good_bye() {
    std::string quit = "QUIT\r\n";
    const Written written = co_await wire_.write(std::move(quit));
    if (!written.error) {
        const Result<Reply> ignored = co_await wire_.reply(kPartingPatience);
    }
    wire_.close();
}

bool Conversation::used_up() const {
    return served_ >= pool_.config().messages_per_connection;
}

void Conversation::settle(flow::Outcome outcome) {
    ++served_;
    past_return_ = false;
    promised_ = false;
    pool_.settle(std::exchange(current_, nullptr), std::move(outcome));
}

/// On a connection that has worked, a good-bye or a loss usually means "used for long enough". A message of
/// which nothing was promised goes again on a fresh one, once.
bool Conversation::may_go_again() const {
    return served_ > 0 && !promised_ && !current_->retried;
}

void Conversation::refuse(std::string_view step, const Reply& reply) {
    if (reply.code == 421 || out_of_step(reply)) alive_ = false;
    if (next_ && !alive_) pool_.give_back(std::exchange(next_, nullptr));
    if (reply.code == 421 && may_go_again()) return pool_.give_back(std::exchange(current_, nullptr));
    if (reply.too_fast()) pool_.slow_down(current_->parcel.domain);
    settle(answered(step, reply));
}

void Conversation::lost(const Error& why) {
    alive_ = false;
    if (next_) pool_.give_back(std::exchange(next_, nullptr));
    if (!current_) return;
    if (past_return_) return settle(unknown("after the content was sent: " + why.message));
    if (may_go_again()) return pool_.give_back(std::exchange(current_, nullptr));
    settle(deferred(why.message));
}

}  // namespace candour::mail
