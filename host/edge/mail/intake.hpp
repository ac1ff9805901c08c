/// Mail comes in: an LMTP server (RFC 2033) for the mail server beside us. It says 250 when the mail is
/// durable, and 4xx when it cannot be: then the mail server keeps it and tries again. It faces no network:
/// loopback or a UNIX socket.
#pragma once
#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string_view>

#include "candour/result.hpp"
#include "edge/mail/intake/config.hpp"
#include "flow/ingest/mails.hpp"
#include "flow/task.hpp"

namespace candour::mail {

/// Keeps a mail; durable when it returns.
using Receive = std::function<flow::Task<Done>(flow::ArrivedMail)>;

struct IntakeCounters {
    std::uint64_t sessions = 0;
    std::uint64_t turned_away = 0;  ///< 421, because max_sessions were open
    std::uint64_t accepted = 0;     ///< mails that were answered with 250
    std::uint64_t refused = 0;      ///< mails that were answered with 4xx or 5xx after their content
    std::size_t open = 0;           ///< sessions now
};

class LmtpServer {
 public:
    /// Outlives the run of `io`. `report` gets one sentence for each fault.
    LmtpServer(boost::asio::io_context& io, IntakeConfig config, Receive receive,
               std::function<void(std::string_view)> report);
    ~LmtpServer();
    LmtpServer(const LmtpServer&) = delete;
    LmtpServer& operator=(const LmtpServer&) = delete;

    /// Binds. Errors: unavailable, naming the address.
    Done listen();
    /// 0 for a UNIX socket.
    std::uint16_t port() const;
    void start();
    /// No new sessions; those that wait are told good-bye, a mail that is being taken in gets its answer.
    /// Returns how many were cut off because `grace` was over.
    flow::Task<std::size_t> stop(std::chrono::milliseconds grace);
    const IntakeCounters& counters() const;

 private:
    class Body;
    std::unique_ptr<Body> body_;
};

}  // namespace candour::mail
