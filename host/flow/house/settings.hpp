/// What the configuration says, as far as our own people may know it: no key, no secret, no path.
#pragma once
#include <chrono>
#include <string>
#include <vector>

namespace candour::flow {

/// What has to stand in the domain's DNS, so that our mail is believed and answers come in.
struct DnsRecord {
    std::string purpose;  ///< spf, dkim, dmarc, mx
    std::string type;     ///< TXT, MX
    std::string name;
    std::string value;  ///< empty: the mail relay knows it
};

struct HouseSettings {
    std::chrono::days rest{0};             ///< between two questions to the same person
    std::int64_t per_account_per_day = 0;  ///< 0: no limit
    std::string mail_from, mail_from_name;
    std::string relay;    ///< host:port; empty: no mail leaves
    std::string intake;   ///< what customers answer to; empty: nothing comes in
    std::string sign_in;  ///< the identity provider's name on the button; empty: there is none
    bool tls = false;     ///< the host speaks TLS itself
    std::vector<std::string> languages;
    std::vector<DnsRecord> dns;
};

}  // namespace candour::flow
