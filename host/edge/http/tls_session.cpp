#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <boost/asio/error.hpp>
#include <cerrno>
#include <limits>
#include <new>

#include "edge/http/tls.hpp"

namespace candour::http {
namespace {

namespace asio_error = boost::asio::error;

/// The first byte of a TLS connection (RFC 8446, 5.1): a record of the handshake.
constexpr unsigned char kHandshake = 0x16;

int socket_of(BIO* bio) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

bool only_later(ssize_t count) {
    return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

/// OpenSSL's own writes would end the process with SIGPIPE when a client has gone.
int send_some(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const ssize_t count = ::send(socket_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (only_later(count)) BIO_set_retry_write(bio);
    return static_cast<int>(count);
}

int receive_some(BIO* bio, char* space, int size) {
    BIO_clear_retry_flags(bio);
    const ssize_t count = ::recv(socket_of(bio), space, static_cast<std::size_t>(size), 0);
    if (only_later(count)) BIO_set_retry_read(bio);
    if (count == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return static_cast<int>(count);
}

long control(BIO* bio, int what, long, void*) {
    if (what == BIO_CTRL_FLUSH) return 1;
    if (what == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
    return 0;
}

BIO_METHOD* socket_method() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "candour socket");
        if (made == nullptr) throw std::bad_alloc();
        BIO_meth_set_write(made, &send_some);
        BIO_meth_set_read(made, &receive_some);
        BIO_meth_set_ctrl(made, &control);
        return made;
    }();
    return method;
}

}  // namespace

void TlsSession::Free::operator()(ssl_st* session) const {
    SSL_free(session);
}

TlsSession::TlsSession(ssl_ctx_st* context, int socket) : session_(SSL_new(context)), socket_(socket) {
    BIO* bio = session_ ? BIO_new(socket_method()) : nullptr;
    if (bio == nullptr) throw std::bad_alloc();
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
    BIO_set_init(bio, 1);
    SSL_set_bio(session_.get(), bio, bio);
    SSL_set_accept_state(session_.get());
}

/// Looked at, not taken: whoever speaks plain HTTP is to be told so in plain HTTP.
bool TlsSession::begins_otherwise() {
    unsigned char first = 0;
    const ssize_t count = ::recv(socket_, &first, 1, MSG_PEEK);
    if (count != 1) return false;
    begun_ = true;
    return first != kHandshake;
}

boost::system::error_code TlsSession::outcome_of(int result) {
    switch (SSL_get_error(session_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            wants_to_write_ = false;
            return asio_error::would_block;
        case SSL_ERROR_WANT_WRITE:
            wants_to_write_ = true;
            return asio_error::would_block;
        case SSL_ERROR_ZERO_RETURN:
            return asio_error::eof;
        default:
            // Nothing may be said on it any more, not even good-bye.
            broken_ = true;
            return asio_error::connection_reset;
    }
}

std::size_t TlsSession::read(void* space, std::size_t size, boost::system::error_code& error) {
    if (!begun_ && begins_otherwise()) {
        error = make_error_code(boost::system::errc::wrong_protocol_type);
        return 0;
    }
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_read_ex(session_.get(), space, size, &count);
    error = result == 1 ? boost::system::error_code{} : outcome_of(result);
    return count;
}

std::size_t TlsSession::write(std::string_view bytes, boost::system::error_code& error) {
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &count);
    error = result == 1 ? boost::system::error_code{} : outcome_of(result);
    return count;
}

void TlsSession::end() {
    if (broken_ || SSL_is_init_finished(session_.get()) == 0) return;
    ERR_clear_error();
    SSL_shutdown(session_.get());
    ERR_clear_error();
}

}  // namespace candour::http
