/// A TCP port of the loopback that was free a moment ago, for programs that must be told one.
/// Somebody else may take it before they bind: whoever starts such a program tries again with another port.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace candour::support {

inline std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    const bool bound =
        socket >= 0 && bind(socket, generic, size) == 0 && getsockname(socket, generic, &size) == 0;
    const int why = errno;
    if (socket >= 0) close(socket);
    if (!bound) throw std::system_error(why, std::generic_category(), "no free port on the loopback");
    return ntohs(address.sin_port);
}

}  // namespace candour::support
