/// One connection to a server: replies in, bytes out, in the clear or under TLS, every step under a deadline.
/// Errors: unavailable (refused, reset, ended), deadline, corrupt (not SMTP), denied (certificate).
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <optional>

#include "edge/mail/submission/config.hpp"
#include "edge/mail/submission/reply.hpp"
#include "edge/mail/submission/watchdog.hpp"

namespace candour::mail {

struct Written {
    std::size_t bytes = 0;  ///< how many left; all of them when there is no error
    std::optional<Error> error;
};

class Wire {
 public:
    Wire(flow::Executor executor, const SubmissionConfig& config);

    flow::Task<Done> connect();
    /// The stream under TLS; the name and the chain are checked when `verify`.
    /// Errors: corrupt, when the server had already sent something: bytes from before TLS may be an
    /// attacker's.
    flow::Task<Done> encrypt(asio::ssl::context& tls, bool verify);

    flow::Task<Written> write(std::string bytes);
    flow::Task<Result<Reply>> reply(std::chrono::milliseconds patience);

    /// Bytes the server sent without being asked, for instance its good-bye to an idle session.
    bool unread() const { return read_to_ < received_.size(); }
    void close();

 private:
    using Socket = asio::basic_stream_socket<asio::ip::tcp, flow::Executor>;
    using Secure = asio::ssl::stream<Socket&>;

    flow::Task<Done> connect_to(const asio::ip::tcp::resolver::results_type& places);
    flow::Task<Done> receive();
    Error lost(std::string_view doing, boost::system::error_code why) const;
    void no_delay();
    void quick_ack();

    const SubmissionConfig& config_;
    Socket socket_;
    std::optional<Secure> secure_;
    Watchdog watchdog_;
    std::string received_;
    std::size_t read_to_ = 0;
};

/// TLS 1.2 or newer, with the configured or the system's authorities.
/// Errors: invalid, when the CA file holds no certificate.
Result<std::shared_ptr<asio::ssl::context>> tls_context(const SubmissionConfig& config);

}  // namespace candour::mail
