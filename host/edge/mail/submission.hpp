/// Hands mail to a relay over SMTP: the built-in deliverer of the channel "mail".
///
/// Each message is handed over at most once: nothing of its content leaves until `before` has succeeded and
/// the server has taken the recipient. A connection that is lost later, before the server's answer, is
/// `unknown`; everything earlier is `deferred`. On servers that pipeline, the content of one message travels
/// with the envelope of the next, whose `before` is asked meanwhile: one round trip a message.
#pragma once
#include <memory>

#include "edge/mail/submission/config.hpp"
#include "flow/delivery/deliverer.hpp"

namespace candour::mail {

class Pool;

/// Belongs to the host's thread: construct, deliver and destroy there.
class Submission final : public flow::Deliverer {
 public:
    /// `config` has passed `check`.
    Submission(flow::Executor executor, SubmissionConfig config);
    ~Submission() override;
    Submission(const Submission&) = delete;
    Submission& operator=(const Submission&) = delete;

    flow::Task<flow::Outcome> deliver(flow::Outgoing message, flow::PointOfNoReturn before) override;

    /// No new connection and no new message from now on; what is past its point of no return is finished.
    /// Messages that wait, and later ones, are deferred.
    void stop();

 private:
    std::shared_ptr<Pool> pool_;  ///< shared with the sessions, which say good-bye after us
};

}  // namespace candour::mail
