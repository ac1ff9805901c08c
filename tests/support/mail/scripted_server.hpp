/// An SMTP server that follows a script and writes down what it heard. One script per connection, in order;
/// it runs on the test's own io_context, so that what came first is known.
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <string>
#include <vector>

#include "flow/task.hpp"

namespace candour::support {

namespace asio = boost::asio;

struct Step {
    enum class Kind { say, hear, hear_content, start_tls, hear_end } kind;
    std::string text;  ///< say: bytes, verbatim; hear: what the line must start with
};
inline Step say(std::string text) {
    return {Step::Kind::say, std::move(text)};
}
inline Step hear(std::string start) {
    return {Step::Kind::hear, std::move(start)};
}
/// Reads up to and including the line with the lone dot.
inline Step hear_content() {
    return {Step::Kind::hear_content, ""};
}
inline Step start_tls() {
    return {Step::Kind::start_tls, ""};
}
/// Waits until the client has closed its side.
inline Step hear_end() {
    return {Step::Kind::hear_end, ""};
}
/// When its script ends the server closes, without a word and without ending TLS.
using Script = std::vector<Step>;
/// One after the other.
inline Script operator+(Script first, const Script& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

class ScriptedServer {
 public:
    ScriptedServer(asio::io_context& io, std::vector<Script> scripts);
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    void use_certificate(const std::string& certificate, const std::string& key);

    /// Lines as they were heard, "<content>" for each mail, "<end>" for a closed connection, "<expected …>"
    /// when the client left the script. Tests add notes of their own.
    std::vector<std::string>& log() { return log_; }
    const std::vector<std::string>& contents() const { return contents_; }
    int connections() const { return connections_; }
    /// Nothing has arrived that the script has not read.
    bool quiet() const { return buffer_.empty() && (current_ == nullptr || current_->available() == 0); }
    /// The connection at hand is served to its end.
    void stop_accepting();

 private:
    using Socket = asio::basic_stream_socket<asio::ip::tcp, flow::Executor>;
    using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, flow::Executor>;
    using Secure = asio::ssl::stream<Socket&>;

    flow::Task<void> serve();
    flow::Task<void> follow(const Script& script);
    flow::Task<bool> step(const Step& step);
    flow::Task<bool> read_until(std::string_view end, std::string& taken);
    flow::Task<bool> more();

    asio::io_context& io_;
    Acceptor acceptor_;
    std::vector<Script> scripts_;
    asio::ssl::context tls_{asio::ssl::context::tls_server};
    std::unique_ptr<Socket> current_;
    std::unique_ptr<Secure> secure_;
    std::string buffer_;
    std::vector<std::string> log_;
    std::vector<std::string> contents_;
    int connections_ = 0;
};

}  // namespace candour::support
