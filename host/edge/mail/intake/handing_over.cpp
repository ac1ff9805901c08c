#include "edge/mail/intake/handing_over.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include <istream>

namespace candour::mail {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Endpoint = asio::generic::stream_protocol::endpoint;

class Talk {
 public:
    explicit Talk(std::string place) : place_(std::move(place)) {}

    Done connect(const Endpoint& endpoint) {
        error_code failed;
        socket_.open(endpoint.protocol(), failed);
        if (!failed) socket_.connect(endpoint, failed);
        if (failed) return lost("no LMTP server at " + place_ + ": " + failed.message());
        return expect('2');
    }
    Done say(const std::string& text) {
        error_code failed;
        asio::write(socket_, asio::buffer(text), failed);
        if (failed) return lost("the connection to " + place_ + " was lost: " + failed.message());
        return done();
    }
    /// One reply, over all its lines.
    Done expect(char first) {
        std::string line;
        do {
            error_code failed;
            asio::read_until(socket_, received_, "\r\n", failed);
            if (failed) return lost("the connection to " + place_ + " was lost: " + failed.message());
            std::istream in(&received_);
            std::getline(in, line);
            if (line.ends_with('\r')) line.pop_back();
        } while (line.size() > 3 && line[3] == '-');
        if (line.starts_with(first)) return done();
        return Error{line.starts_with('5') ? ErrorCode::invalid : ErrorCode::unavailable,
                     place_ + " said: " + line};
    }
    Done ask(const std::string& command, char first) {
        if (Done said = say(command + "\r\n"); !said) return said;
        return expect(first);
    }

 private:
    static Error lost(std::string what) { return Error{ErrorCode::unavailable, std::move(what)}; }

    std::string place_;
    asio::io_context io_;
    asio::basic_stream_socket<asio::generic::stream_protocol> socket_{io_};
    asio::streambuf received_{64 * 1024};
};

Result<Endpoint> door_of(const IntakeConfig& server) {
    if (!server.path.empty()) return Endpoint(asio::local::stream_protocol::endpoint(server.path));
    error_code no_address;
    const auto address = asio::ip::make_address(server.address, no_address);
    if (no_address) return Error{ErrorCode::invalid, "expected an IP address, found " + server.address};
    return Endpoint(asio::ip::tcp::endpoint(address, server.port));
}

std::string stuffed(const std::string& bytes) {
    std::string out;
    out.reserve(bytes.size() + 64);
    bool line_start = true;
    for (const char c : bytes) {
        if (line_start && c == '.') out += '.';
        out += c;
        line_start = c == '\n' && out.size() > 1 && out[out.size() - 2] == '\r';
    }
    return out + (line_start ? ".\r\n" : "\r\n.\r\n");
}

}  // namespace

std::string as_it_travels(std::string bytes) {
    if (bytes.starts_with("From ")) bytes.erase(0, std::min(bytes.find('\n'), bytes.size() - 1) + 1);
    if (bytes.find("\r\n") != std::string::npos) return bytes;
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 32);
    for (const char c : bytes) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

Done hand_over(const IntakeConfig& server, const flow::ArrivedMail& mail) {
    const Result<Endpoint> endpoint = door_of(server);
    if (!endpoint) return endpoint.error();
    Talk talk(where(server));
    if (Done met = talk.connect(*endpoint); !met) return met;
    if (Done greeted = talk.ask("LHLO localhost", '2'); !greeted) return greeted;
    if (Done sender = talk.ask("MAIL FROM:<" + mail.sender + ">", '2'); !sender) return sender;
    for (const std::string& recipient : mail.recipients)
        if (Done taken = talk.ask("RCPT TO:<" + recipient + ">", '2'); !taken) return taken;
    if (Done ready = talk.ask("DATA", '3'); !ready) return ready;
    if (Done sent = talk.say(stuffed(mail.bytes)); !sent) return sent;
    for (std::size_t i = 0; i < mail.recipients.size(); ++i)
        if (Done kept = talk.expect('2'); !kept) return kept;
    (void)talk.say("QUIT\r\n");
    return done();
}

}  // namespace candour::mail
