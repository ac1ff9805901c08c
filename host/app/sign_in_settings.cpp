#include "app/sign_in_settings.hpp"

#include <fstream>

namespace candour::app {
namespace {

/// Whoever reads the traffic could sign in as anybody.
bool is_sound_issuer(const std::string& issuer) {
    if (issuer.find_first_of("?# ") != std::string::npos) return false;
    return issuer.starts_with("https://") || issuer.starts_with("http://127.0.0.1:") ||
           issuer.starts_with("http://localhost:");
}

std::string client_secret_in(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

}  // namespace

void read_sign_in(Settings& settings, const std::filesystem::path& beside, Config& config) {
    http::OidcSettings& oidc = config.oidc;
    settings.text("sign_in.oidc.issuer", oidc.issuer);
    settings.text("sign_in.oidc.client_id", oidc.client_id);
    settings.text("sign_in.oidc.label", oidc.label);
    settings.text("sign_in.oidc.groups_claim", oidc.groups_claim);
    for (const auto& [role, name] : flow::kRoles) {
        std::string group;
        settings.text("sign_in.oidc.groups." + std::string(name), group);
        if (!group.empty()) oidc.groups[role] = group;
    }
    std::string secret_file;
    settings.text("sign_in.oidc.secret_file", secret_file);
    if (!secret_file.empty()) oidc.client_secret = client_secret_in(beside / secret_file);
    if (oidc.issuer.empty()) return;
    if (!is_sound_issuer(oidc.issuer))
        settings.problem(
            "sign_in.oidc.issuer",
            "expected an address such as https://login.example.com, found \"" + oidc.issuer + "\"");
    if (oidc.client_id.empty())
        settings.problem("sign_in.oidc.client_id",
                         "expected the name that the provider knows this host by, found none");
    if (oidc.client_secret.empty())
        settings.problem("sign_in.oidc.secret_file",
                         "expected a file with the client's secret on its first line, found none");
}

}  // namespace candour::app
