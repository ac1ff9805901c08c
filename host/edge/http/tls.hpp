/// TLS as the host speaks it itself: a certificate and its key from files, read again while it runs, and what
/// one connection needs of them.
#pragma once
#include <boost/system/error_code.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace candour::http {

/// Both PEM. The certificate comes first in its file, those that vouch for it after it (as `fullchain.pem`).
struct TlsFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

/// What a certificate says of itself.
struct CertificateFacts {
    std::vector<std::string> names;  ///< hosts it is for; else whom it was made out to
    core::Instant begins, ends;

    std::string names_in_words() const;
    /// Why browsers will refuse it now; empty when they will not for its dates.
    std::string why_not(core::Instant now) const;
    /// Whether the host of that address is among its names.
    bool covers(std::string_view url) const;
};

/// The certificate that every new connection is answered with. Belongs to the server's thread.
class TlsCredentials {
 public:
    /// Errors: invalid: a file is missing, cannot be read, holds something else, or the two do not belong
    /// together.
    static Result<std::shared_ptr<TlsCredentials>> read(TlsFiles files);

    /// Reads the files again. Connections that are open keep what they began with; on an error so does
    /// everything.
    Done read_again();
    const CertificateFacts& facts() const { return facts_; }
    ssl_ctx_st* context() const { return context_.get(); }

 private:
    TlsCredentials() = default;
    TlsFiles files_;
    std::shared_ptr<ssl_ctx_st> context_;
    CertificateFacts facts_;
};

/// One connection's TLS on a socket that does not block. What cannot go on says would_block, and then
/// `wants_to_write` which way the socket has to become ready.
class TlsSession {
 public:
    TlsSession(ssl_ctx_st* context, int socket);

    /// Shakes hands first. wrong_protocol_type: what came is no TLS; nothing was taken from the socket.
    std::size_t read(void* space, std::size_t size, boost::system::error_code& error);
    std::size_t write(std::string_view bytes, boost::system::error_code& error);
    bool wants_to_write() const { return wants_to_write_; }
    /// Says that nothing more will come, as far as the socket takes it now.
    void end();

 private:
    boost::system::error_code outcome_of(int result);
    bool begins_otherwise();

    struct Free {
        void operator()(ssl_st* session) const;
    };
    std::unique_ptr<ssl_st, Free> session_;
    int socket_;
    bool begun_ = false, broken_ = false, wants_to_write_ = false;
};

}  // namespace candour::http
