#include "journeys/test_clock.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace candour::journeys {
namespace {

/// Closes what it holds.
struct Connection {
    int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { ::close(fd); }
};

}  // namespace

std::chrono::microseconds TestClock::ask(const std::string& line) const {
    const Connection connection;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = socket_.string();
    if (path.size() >= sizeof address.sun_path)
        throw std::runtime_error("the clock's socket has too long a path");
    std::copy(path.begin(), path.end(), address.sun_path);
    if (::connect(connection.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("the host's clock does not answer at " + path);
    const std::string sent = line + "\n";
    if (::write(connection.fd, sent.data(), sent.size()) != static_cast<ssize_t>(sent.size()))
        throw std::runtime_error("the host's clock does not listen");
    std::string reply;
    char one = 0;
    while (::read(connection.fd, &one, 1) == 1 && one != '\n') reply += one;
    if (reply.empty()) throw std::runtime_error("the host's clock hung up on \"" + line + "\"");
    return std::chrono::microseconds{std::stoll(reply)};
}

}  // namespace candour::journeys
