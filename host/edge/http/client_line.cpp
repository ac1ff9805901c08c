#include "edge/http/client_line.hpp"

#include <openssl/pem.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <vector>

namespace candour::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

/// Says yes to one certificate, whoever vouches for it: its key is proven by the handshake.
class OneCertificate {
 public:
    explicit OneCertificate(const std::string& file) {
        FILE* stream = std::fopen(file.c_str(), "rb");
        if (stream == nullptr) return;
        known_.reset(PEM_read_X509(stream, nullptr, nullptr, nullptr), &X509_free);
        std::fclose(stream);
    }
    bool operator()(bool, asio::ssl::verify_context& chain) const {
        X509_STORE_CTX* context = chain.native_handle();
        if (X509_STORE_CTX_get_error_depth(context) > 0) return true;  // only the host's own counts
        return known_ && X509_cmp(X509_STORE_CTX_get_current_cert(context), known_.get()) == 0;
    }

 private:
    std::shared_ptr<X509> known_;
};

}  // namespace

std::string HostPlace::text() const {
    return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port;
}

ClientLine::ClientLine(asio::io_context& io, HostPlace place)
    : place_(std::move(place)),
      resolver_(io),
      tls_(asio::ssl::context::tls_client),
      stream_(Stream(io), tls_) {}

flow::Task<beast::error_code> ClientLine::open(std::chrono::milliseconds patience) {
    beast::error_code failed;
    wait_for(patience);
    auto resolving = asio::redirect_error(flow::use_task, failed);
    const auto found = co_await resolver_.async_resolve(place_.host, place_.port, resolving);
    if (failed) co_return failed;
    std::vector<asio::ip::tcp::endpoint> places;
    for (const auto& entry : found)
        if (!admits_ || admits_(entry.endpoint().address())) places.push_back(entry.endpoint());
    if (places.empty()) co_return make_error_code(boost::system::errc::permission_denied);
    auto connecting = asio::redirect_error(flow::use_task, failed);
    co_await stream_.next_layer().async_connect(places, connecting);
    if (failed) co_return failed;
    connected_ = true;
    if (!place_.tls) co_return failed;
    auto shaking = shake_hands();
    failed = co_await std::move(shaking);
    co_return failed;
}

flow::Task<beast::error_code> ClientLine::shake_hands() {
    beast::error_code failed;
    stream_.set_verify_mode(asio::ssl::verify_peer);
    if (place_.certificate_file.empty()) {
        tls_.set_default_verify_paths(failed);
        if (failed) co_return failed;
        stream_.set_verify_callback(asio::ssl::host_name_verification(place_.host));
    } else {
        stream_.set_verify_callback(OneCertificate(place_.certificate_file));
    }
    SSL_set_tlsext_host_name(stream_.native_handle(), place_.host.c_str());
    auto shaking = asio::redirect_error(flow::use_task, failed);
    co_await stream_.async_handshake(asio::ssl::stream_base::client, shaking);
    co_return failed;
}

}  // namespace candour::http
