/// The host's HTTP server: one io_context, one thread, one coroutine per connection, one clock hand for all
/// of them.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "edge/http/problem.hpp"
#include "edge/http/router.hpp"
#include "edge/http/tls.hpp"
#include "flow/task.hpp"

namespace candour::http {

/// How long a connection may stay in each phase. Checked by one timer for all connections, which ticks four
/// times in the shortest of these (and at least each second): a deadline comes up to two ticks late, never
/// early.
struct Patience {
    std::chrono::milliseconds idle{75'000};     ///< between requests: closed without a word
    std::chrono::milliseconds header{10'000};   ///< from its first byte to its last: 408
    std::chrono::milliseconds body{30'000};     ///< 408; 512 KiB in it is 17 KiB/s
    std::chrono::milliseconds handler{30'000};  ///< 504; the handler still runs to its end
    std::chrono::milliseconds writing{30'000};  ///< without one byte taken by the client
    std::chrono::milliseconds linger{2'000};    ///< for the client to read our last words
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0: any free one, see Server::port
    std::size_t max_connections = 4000;
    std::size_t header_limit = 16 * 1024;
    Patience patience;
    std::shared_ptr<TlsCredentials> tls;  ///< without one, what is heard and said is plain
    std::vector<std::string> proxies;     ///< who may say that a browser speaks TLS with them
    std::string transport_rule;  ///< Strict-Transport-Security, for whoever came by TLS; empty: not said
    /// Asked when the header is there, before the body is read: why this request is not let in.
    std::function<std::optional<Problem>(const Route&, const Request&)> admit;
    /// What is put on customers' pages last; to HTML.
    std::function<void(std::string&)> dress;
    /// One sentence for each fault of a handler or of the server; to the log.
    std::function<void(std::string_view)> report;
};

struct Counters {
    std::uint64_t accepted = 0;
    std::uint64_t turned_away = 0;  ///< 503, because max_connections were open
    std::uint64_t requests = 0;
    std::uint64_t answers[6] = {};  ///< by first digit of the status
    std::uint64_t timeouts = 0;
    std::uint64_t faults = 0;  ///< handlers that threw
    std::size_t open = 0;      ///< connections now
};

class Server {
 public:
    /// The router must be complete, and outlive the server; the server outlives the run of `io`.
    Server(boost::asio::io_context& io, const Router& router, ServerOptions options);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// For the connections that come from now on. What it holds may be read again at any time.
    void speak_tls(std::shared_ptr<TlsCredentials> credentials);
    /// Binds; after this the port is known. unavailable: the address is taken or not ours.
    Done listen();
    std::uint16_t port() const;
    /// Begins to accept and to watch deadlines.
    void start();
    /// No new connections, idle ones are closed, begun exchanges get their answer. Returns how many were cut
    /// off because `grace` was over; their handlers may still be running.
    flow::Task<std::size_t> stop(std::chrono::milliseconds grace);

    const Counters& counters() const;

 private:
    class Body;
    std::unique_ptr<Body> body_;
};

}  // namespace candour::http
