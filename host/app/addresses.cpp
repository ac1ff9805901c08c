#include "app/addresses.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>

namespace candour::app {

std::optional<Endpoint> read_endpoint(std::string_view text, std::uint16_t fallback) {
    Endpoint endpoint;
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        endpoint.host = text.substr(1, close - 1);
        port = text.substr(close + 1);
    } else {
        const std::size_t colon = std::min(text.find(':'), text.size());
        endpoint.host = text.substr(0, colon);
        port = text.substr(colon);
    }
    if (endpoint.host.empty()) return std::nullopt;
    if (port.empty() && fallback != 0) return Endpoint{endpoint.host, fallback};
    if (!port.starts_with(':')) return std::nullopt;
    port.remove_prefix(1);
    const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (failure != std::errc() || end != port.data() + port.size() || endpoint.port == 0) return std::nullopt;
    return endpoint;
}

std::optional<mail::IntakeConfig> read_lmtp_address(const std::string& text,
                                                    const std::filesystem::path& beside) {
    mail::IntakeConfig intake;
    if (text.starts_with("unix:")) {
        intake.path = (beside / text.substr(5)).lexically_normal().string();
        return intake;
    }
    const auto endpoint = read_endpoint(text, 0);
    if (!endpoint) return std::nullopt;
    intake.address = endpoint->host == "localhost" ? "127.0.0.1" : endpoint->host;
    intake.port = endpoint->port;
    boost::system::error_code no_address;
    const auto address = boost::asio::ip::make_address(intake.address, no_address);
    if (no_address || !address.is_loopback()) return std::nullopt;
    return intake;
}

bool is_web_address(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://");
}
bool is_mail_address(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find_first_of(" \t\r\n<>,;\"") == std::string_view::npos &&
           text.find('@', at + 1) == std::string_view::npos;
}

}  // namespace candour::app
