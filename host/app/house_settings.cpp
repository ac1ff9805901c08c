#include "app/house_settings.hpp"

#include <boost/asio/ip/address.hpp>

namespace candour::app {
namespace {

std::string domain_of(const std::string& address) {
    const std::size_t at = address.rfind('@');
    return at == std::string::npos ? std::string() : address.substr(at + 1);
}

bool is_name(const std::string& host) {
    boost::system::error_code no_address;
    boost::asio::ip::make_address(host, no_address);
    return no_address && host.find('.') != std::string::npos;
}

/// Whoever delivers for the domain is the relay, by its name or its address.
std::string sender_policy(const std::string& relay) {
    if (is_name(relay)) return "v=spf1 a:" + relay + " ~all";
    boost::system::error_code no_address;
    const auto address = boost::asio::ip::make_address(relay, no_address);
    if (no_address || address.is_loopback()) return "v=spf1 mx ~all";
    return std::string("v=spf1 ") + (address.is_v4() ? "ip4:" : "ip6:") + relay + " ~all";
}

/// SPF looks at the envelope, which carries the address that bounces come to; DMARC wants one of SPF and DKIM
/// to name the domain in From.
std::vector<flow::DnsRecord> records_for(const Config& config) {
    const std::string from = domain_of(config.mail_from), intake = domain_of(config.intake_address);
    const std::string envelope = intake.empty() ? from : intake;
    std::vector<flow::DnsRecord> records;
    if (!from.empty()) {
        records.push_back({"spf", "TXT", envelope, sender_policy(config.submission.host)});
        records.push_back({"dkim", "TXT", "<selector>._domainkey." + from, ""});
        records.push_back(
            {"dmarc", "TXT", "_dmarc." + from, "v=DMARC1; p=none; rua=mailto:postmaster@" + from});
    }
    if (!intake.empty()) records.push_back({"mx", "MX", intake, ""});
    return records;
}

}  // namespace

flow::HouseSettings house_settings(const Config& config) {
    flow::HouseSettings settings;
    settings.rest = config.rest;
    settings.per_account_per_day = config.per_account_per_day;
    settings.mail_from = config.mail_from;
    settings.mail_from_name = config.mail_from_name;
    if (config.has_submission)
        settings.relay = config.submission.host + ":" + std::to_string(config.submission.port);
    settings.intake = config.intake_address;
    settings.sign_in = config.oidc.issuer.empty() ? std::string() : config.oidc.label;
    settings.tls = config.tls.has_value();
    settings.languages = {"en", "de", "fr", "es"};
    settings.dns = records_for(config);
    return settings;
}

}  // namespace candour::app
