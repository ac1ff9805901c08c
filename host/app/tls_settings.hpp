/// [server.tls], and how long browsers remember that they are to come by TLS.
#pragma once
#include "app/settings.hpp"

namespace candour::app {

void read_tls(Settings& settings, const std::filesystem::path& beside, Config& config);

/// What Strict-Transport-Security says; empty when nothing is to be said.
std::string transport_rule(const Config& config);

/// For the host on this machine: the certificate that it shows, whatever name stands in it. Empty without
/// TLS.
std::string own_certificate(const Config& config, const std::string& url);

}  // namespace candour::app
