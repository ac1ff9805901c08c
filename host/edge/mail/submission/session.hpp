/// One worker of the pool: opens a connection when there is a message and hands over messages until it is
/// used up.
#pragma once
#include "edge/mail/submission/pool.hpp"

namespace candour::mail {

class Session {
 public:
    explicit Session(Pool& pool) : pool_(pool) {}
    flow::Task<void> run();

 private:
    flow::Task<void> serve(JobPtr job);
    Pool& pool_;
    bool idle_ = false;  ///< the last connection ended because there was nothing left to do
};

/// The mail transactions of one connection.
///
///     MAIL RCPT DATA ─▶ 354 ─▶ before() ─▶ content n [+ MAIL RCPT DATA n+1] ─▶ 250 n ─▶ content n+1 …
///
/// What has to be durable before content n+1 is begun while content n is on its way, and awaited before n+1
/// leaves; when that does not keep up with the server, it is begun some messages earlier (Pool::ask_ahead).
class Conversation {
 public:
    Conversation(Pool& pool, Wire& wire, const Capabilities& offered);
    ~Conversation();
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    /// True when it ended because nobody had anything to send any more.
    flow::Task<bool> run(JobPtr first);

 private:
    flow::Task<void> hand_over();
    flow::Task<bool> announce_pipelined();
    flow::Task<bool> announce_step_by_step();
    flow::Task<bool> judge(Reply mail, Reply rcpt, Reply data);
    flow::Task<Done> promise();
    flow::Task<void> transfer();
    flow::Task<std::optional<Reply>> answer(std::chrono::milliseconds patience);
    flow::Task<std::optional<Reply>> ask(std::string command);
    flow::Task<void> good_bye();

    std::string announcement(const Job& job);
    JobPtr companion();
    void settle(flow::Outcome outcome);
    void refuse(std::string_view step, const Reply& reply);
    bool may_go_again() const;
    void lost(const Error& why);
    bool used_up() const;

    Pool& pool_;
    Wire& wire_;
    const Capabilities& offered_;
    JobPtr current_;            ///< the message in hand: whatever happens to us, it gets an outcome
    JobPtr next_;               ///< its envelope travelled with the content before it
    bool promised_ = false;     ///< the content of `current_` is next: it is not tried again from here
    bool past_return_ = false;  ///< the content of `current_` may have left
    bool reset_ = false;        ///< the server holds a transaction that was not finished
    bool alive_ = true;
    int served_ = 0;
};

}  // namespace candour::mail
