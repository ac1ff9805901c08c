/// The path of a mail: kept before the mail server hears "yes", then read and applied, as often as it takes.
#pragma once
#include <boost/asio/steady_timer.hpp>

#include <string>
#include <vector>

#include "crypto/link_tokens.hpp"
#include "flow/clock.hpp"
#include "flow/ingest/mails.hpp"

namespace candour::flow {

/// The messages of ours that a mail names, the likeliest first: tokens that we signed, what a bounce says of
/// itself, then the messages that it answers, latest first. Never the subject.
std::vector<core::MailTrail> trails_of(const core::Disposition& mail, const crypto::LinkTokens& tokens);

class MailIntake {
 public:
    MailIntake(Executor executor, MailStore& mails, MailReader& reader, const crypto::LinkTokens& tokens,
               const Clock& clock)
        : mails_(mails), reader_(reader), tokens_(tokens), clock_(clock), next_look_(executor) {}

    /// Errors: unavailable or exhausted; nothing was kept then, and the mail server must send again.
    Task<Done> receive(ArrivedMail mail);
    /// Works on what is owed, until cancelled.
    Task<void> run();
    /// One look. Returns how many mails it worked on.
    Task<Result<int>> work_once();
    /// Somebody changed what is owed.
    void wake() { next_look_.cancel(); }

 private:
    Task<void> work(PendingMail mail);
    Task<Result<Reading>> read(PendingMail mail);
    Task<void> postpone(PendingMail mail, std::string why);
    Task<void> give_up(std::int64_t id, std::string why);

    MailStore& mails_;
    MailReader& reader_;
    const crypto::LinkTokens& tokens_;
    const Clock& clock_;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               Executor>
        next_look_;
};

}  // namespace candour::flow
