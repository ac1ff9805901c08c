/// One LMTP session over its socket.
#pragma once
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>

#include <optional>
#include <string>

#include "edge/mail/intake.hpp"
#include "edge/mail/intake/content.hpp"
#include "edge/mail/intake/dialogue.hpp"
#include "edge/mail/submission/watchdog.hpp"

namespace candour::mail {

/// TCP or UNIX, alike.
using IntakeSocket = asio::basic_stream_socket<asio::generic::stream_protocol, flow::Executor>;

/// What the sessions of a server share.
struct IntakeShared {
    IntakeConfig config;
    Receive receive;
    IntakeCounters counters;
    std::size_t held = 0;  ///< bytes of mails on their way in
    bool draining = false;
};

class IntakeSession {
 public:
    IntakeSession(IntakeSocket socket, std::shared_ptr<IntakeShared> shared);

    flow::Task<void> serve();
    /// Too many are here already.
    flow::Task<void> turn_away();
    /// Ends it at once when it waits for a command, else after the mail at hand.
    void drain();
    void abort();

 private:
    flow::Task<bool> more();
    flow::Task<bool> say(std::string text);
    /// The next answer to give; nothing when the connection ended.
    flow::Task<std::optional<Answer>> next_answer();
    std::optional<Answer> answer_from_buffer();
    flow::Task<bool> take_mail();
    std::string refusal_of(const ContentReader& reader) const;

    IntakeSocket socket_;
    const std::shared_ptr<IntakeShared> shared_;  ///< outlives the server when a session is cut off
    Dialogue dialogue_;
    Watchdog watchdog_;
    std::string in_;
    std::size_t at_ = 0;
    std::string out_;
    bool skipping_ = false;  ///< the rest of a line that was too long
    bool waiting_ = false;   ///< for a command, with nothing owed
    bool crowded_ = false;   ///< the mail at hand found no room
};

}  // namespace candour::mail
