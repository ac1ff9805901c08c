#include "app/intake_settings.hpp"

#include "app/addresses.hpp"

namespace candour::app {
namespace {

/// With + and a token of 42 characters in front of the @, the name itself has 20 left of the 64.
constexpr std::size_t kLongestName = 20;

bool can_carry_tokens(const std::string& address) {
    return is_mail_address(address) && address.find('+') == std::string::npos &&
           address.find('@') <= kLongestName;
}

}  // namespace

void read_intake(Settings& settings, const std::filesystem::path& beside, Config& config) {
    std::string lmtp;
    settings.text("mail.intake.lmtp", lmtp);
    if (!lmtp.empty()) config.intake = read_lmtp_address(lmtp, beside);
    if (!lmtp.empty() && !config.intake)
        settings.problem("mail.intake.lmtp",
                         "expected a loopback address and a port such as \"127.0.0.1:2424\", or "
                         "\"unix:/run/candour/lmtp\"; found \"" +
                             lmtp + "\"");
    settings.text("mail.intake.address", config.intake_address);
    if (!config.intake_address.empty() && !can_carry_tokens(config.intake_address))
        settings.problem("mail.intake.address",
                         "expected an address of at most 20 characters before the @ and without a +, such as "
                         "reply@feedback.example.com; found \"" +
                             config.intake_address + "\"");
}

}  // namespace candour::app
