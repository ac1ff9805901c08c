#include "edge/mail/submission/config.hpp"

#include <boost/asio/ip/address.hpp>
#include <fstream>

namespace candour::mail {
namespace {

bool plain_token(std::string_view text) {
    return !text.empty() && text.size() <= 255 &&
           std::ranges::all_of(text, [](unsigned char c) { return c > 32 && c < 127; });
}

Error wrong_setting(std::string what) {
    return Error{ErrorCode::invalid, "mail.submission: " + std::move(what)};
}

bool on_this_machine(const std::string& host) {
    boost::system::error_code not_an_address;
    const auto address = boost::asio::ip::make_address(host, not_an_address);
    return host == "localhost" || (!not_an_address && address.is_loopback());
}

Done check_auth(const SubmissionConfig& config) {
    if (config.auth.mechanism == Mechanism::none) return done();
    if (config.auth.user.empty() || config.auth.secret.empty())
        return wrong_setting("auth: user and secret are both needed for " +
                             std::string(core::name_of(kMechanisms, config.auth.mechanism)));
    if (config.auth.user.find('\0') != std::string::npos ||
        config.auth.secret.find('\0') != std::string::npos)
        return wrong_setting("auth: user and secret may not contain NUL");
    if (config.tls == TlsPolicy::opportunistic ||
        (config.tls == TlsPolicy::off && !on_this_machine(config.host)))
        return wrong_setting("tls: a secret is sent to " + config.host +
                             ", so tls must be \"required\" or \"on_connect\"; found \"" +
                             std::string(core::name_of(kTlsPolicies, config.tls)) + "\"");
    return done();
}

Done check_numbers(const SubmissionConfig& config) {
    if (config.port == 0) return wrong_setting("port: expected 1 to 65535, found 0");
    if (config.sessions < 1 || config.sessions > 100)
        return wrong_setting("sessions: expected 1 to 100, found " + std::to_string(config.sessions));
    if (config.messages_per_connection < 1)
        return wrong_setting("messages_per_connection: expected 1 or more, found " +
                             std::to_string(config.messages_per_connection));
    for (const Rate& rate : {config.domain_rate, config.total_rate})
        if (!(rate.per_second >= 0) || !(rate.burst >= 1))
            return wrong_setting("rate: expected per_second >= 0 and burst >= 1");
    const Deadlines& d = config.deadlines;
    for (const auto patience : {d.connect, d.write, d.reply, d.final_reply, d.idle, d.queue})
        if (patience <= std::chrono::milliseconds::zero())
            return wrong_setting("deadlines: each must be longer than zero");
    return done();
}

}  // namespace

Done check(const SubmissionConfig& config) {
    if (!plain_token(config.host))
        return wrong_setting("host: expected a host name or an address, found \"" + config.host + "\"");
    if (!plain_token(config.helo_name))
        return wrong_setting("helo_name: expected a host name without spaces, found \"" + config.helo_name +
                             "\"");
    if (!config.ca_file.empty() && !std::ifstream(config.ca_file))
        return wrong_setting("ca_file: " + config.ca_file + " cannot be read");
    const Done numbers = check_numbers(config);
    if (!numbers) return numbers;
    return check_auth(config);
}

}  // namespace candour::mail
