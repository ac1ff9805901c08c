#include "app/tls_settings.hpp"

namespace candour::app {
namespace {

constexpr std::int64_t kLongestHstsDays = 3'650;

}  // namespace

void read_tls(Settings& settings, const std::filesystem::path& beside, Config& config) {
    std::string certificate, key;
    settings.text("server.tls.certificate", certificate);
    settings.text("server.tls.key", key);
    std::int64_t days = config.hsts.count();
    settings.number("server.hsts_days", 0, kLongestHstsDays, days);
    config.hsts = std::chrono::days{days};
    if (certificate.empty() && key.empty()) return;
    if (certificate.empty())
        settings.problem("server.tls.certificate",
                         "expected the file of the certificate that belongs to server.tls.key, found none");
    if (key.empty())
        settings.problem("server.tls.key",
                         "expected the file of the key that belongs to server.tls.certificate, found none");
    if (!certificate.empty() && !key.empty())
        config.tls =
            http::TlsFiles{(beside / certificate).lexically_normal(), (beside / key).lexically_normal()};
}

std::string transport_rule(const Config& config) {
    if (config.hsts.count() == 0) return {};
    return "max-age=" + std::to_string(std::chrono::seconds(config.hsts).count());
}

std::string own_certificate(const Config& config, const std::string& url) {
    return config.tls && url.starts_with("https://") ? config.tls->certificate.string() : std::string{};
}

}  // namespace candour::app
