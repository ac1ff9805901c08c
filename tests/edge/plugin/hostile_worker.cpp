// A worker of nobody's release. Its program's name says what it does wrong.
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <string_view>

#include "remote/control.hpp"
#include "remote/interfaces.hpp"

using namespace candour::remote;

namespace {

void send_all(const void* bytes, std::size_t length) {
    const auto* at = static_cast<const char*>(bytes);
    while (length > 0) {
        const ssize_t sent = send(kSocketFd, at, length, MSG_NOSIGNAL);
        if (sent <= 0) _exit(0);
        at += sent;
        length -= static_cast<std::size_t>(sent);
    }
}

void send_frame(Header header, const std::string& body) {
    header.length = static_cast<std::uint32_t>(body.size());
    send_all(&header, sizeof header);
    send_all(body.data(), body.size());
}

Header header_of(Kind kind, std::uint64_t id = 0, std::uint64_t parent = 0) {
    Header header;
    header.kind = static_cast<std::uint8_t>(kind);
    header.id = id;
    header.parent = parent;
    header.interface = HostTable::kNumber;
    header.slot = 2;
    return header;
}

/// The next request of the host, which is only ever answered.
Header next_request() {
    Header header;
    if (recv(kSocketFd, &header, sizeof header, MSG_WAITALL) != sizeof header) _exit(0);
    std::string body(header.length, '\0');
    if (recv(kSocketFd, body.data(), body.size(), MSG_WAITALL) != static_cast<ssize_t>(body.size())) _exit(0);
    return header;
}

void misbehave(std::string_view how, const Header& request) {
    Header header = header_of(Kind::reply, request.id);
    if (how == "leaves") _exit(3);
    if (how == "absurd_length") header.length = 0xFFFFFFF0U, send_all(&header, sizeof header);
    if (how == "unknown_kind") header.kind = 77, send_frame(header, "");
    if (how == "stray_reply") send_frame(header_of(Kind::reply, 4711), "");
    if (how == "empty_reply") send_frame(header, "");
    if (how == "long_text") send_frame(header, std::string("\x0b\0\0\0\xff\xff\xff\xff\xff\xff\xff\x7f", 12));
    if (how == "stray_lane")
        send_frame(header, std::string("\x0b\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff", 12));
    if (how == "half_a_header") send_all(&header, 7), _exit(0);
    if (how == "asks_early") send_frame(header_of(Kind::request, 1), "");
    if (how == "asks_within_nothing") send_frame(header_of(Kind::request, 1, 99), "");
    if (how == "speaks_early") send_frame(header_of(Kind::word), "");
    if (how == "floods")
        for (;;) send_frame(header_of(Kind::request, 1), std::string(1000, 'x'));
    if (how == "noise")
        for (;;) send_all("\x13\x37", 2);
}

}  // namespace

int main(int, char** arguments) {
    const std::string program = arguments[0];
    const std::string how = program.substr(program.rfind('/') + 1);
    misbehave(how, next_request());
    next_request();  // and never answers
    return 0;
}
