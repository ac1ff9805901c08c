#include "support/mail/postfix.hpp"

#include <pwd.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace candour::support {
namespace {

constexpr const char* kMaster = R"(
PORT       inet  n  -  n  -  -  smtpd
pickup     unix  n  -  n  60 1  pickup
cleanup    unix  n  -  n  -  0  cleanup
qmgr       unix  n  -  n  300 1 qmgr
tlsmgr     unix  -  -  n  1000? 1 tlsmgr
rewrite    unix  -  -  n  -  -  trivial-rewrite
bounce     unix  -  -  n  -  0  bounce
defer      unix  -  -  n  -  0  bounce
trace      unix  -  -  n  -  0  bounce
discard    unix  -  -  n  -  -  discard
error      unix  -  -  n  -  -  error
retry      unix  -  -  n  -  -  error
anvil      unix  -  -  n  -  1  anvil
proxymap   unix  -  -  n  -  -  proxymap
scache     unix  -  -  n  -  1  scache
lmtp       unix  -  -  n  -  -  lmtp
postlog    unix-dgram n -  n  -  1  postlogd
)";

constexpr const char* kRecipients =
    "{refused@example.org = 550 5.1.1 no such person}, {later@example.org = 450 4.2.0 come back later}";

}  // namespace

std::optional<std::string> Postfix::missing() {
    if (::getuid() != 0) return "Postfix's master must be started as root";
    if (::access("/usr/sbin/postfix", X_OK) != 0) return "postfix is not installed";
    if (::getpwnam("postfix") == nullptr) return "there is no user named postfix";
    return std::nullopt;
}

Postfix::Postfix(const Certificates& certificates, std::uint16_t lmtp) : port_(free_port()) {
    configure(certificates, lmtp);
    const bool started = control("start") == 0;
    if (!started || !wait_until([this] { return accepts_connections(port_); }))
        throw std::runtime_error("postfix did not start: " + contents(folder_.path() / "control") + log());
}

Postfix::~Postfix() {
    control("stop");
}

void Postfix::configure(const Certificates& certificates, std::uint16_t lmtp) const {
    const std::filesystem::path at = folder_.path();
    for (const char* name : {"etc", "queue", "data"}) std::filesystem::create_directory(at / name);
    const passwd* owner = ::getpwnam("postfix");
    if (::chown((at / "data").c_str(), owner->pw_uid, owner->pw_gid) != 0)
        throw std::runtime_error("chown failed");
    std::string master(kMaster);
    master.replace(master.find("PORT"), 4, "127.0.0.1:" + std::to_string(port_));
    std::ofstream(at / "etc/master.cf") << master;
    std::ofstream(at / "etc/main.cf")
        << "compatibility_level = 3.6\n"
        << "queue_directory = " << (at / "queue").string() << "\n"
        << "data_directory = " << (at / "data").string() << "\n"
        << "command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n"
        << "maillog_file_prefixes = " << at.parent_path().string() << "\n"
        << "maillog_file = " << (at / "maillog").string() << "\n"
        << "myhostname = mail.test\nmydestination =\ninet_interfaces = 127.0.0.1\ninet_protocols = "
           "ipv4\nmynetworks = 127.0.0.0/8\n"
        << "alias_maps =\nlocal_recipient_maps =\ndefault_transport = discard:\nlocal_transport = "
           "discard:\nrelay_transport = discard:\n"
        << "minimal_backoff_time = 1s\nmaximal_backoff_time = 2s\nqueue_run_delay = 1s\n"
        << "relay_domains = feedback.example\nsmtpd_reject_unlisted_recipient = no\n"
        << "transport_maps = inline:{{gone.example = error:5.1.1 no such person}"
        << (lmtp == 0 ? std::string()
                      : ", {feedback.example = lmtp:inet:127.0.0.1:" + std::to_string(lmtp) + "}")
        << "}\n"
        << "smtpd_tls_security_level = may\nsmtpd_tls_chain_files = " << certificates.key() << ", "
        << certificates.certificate() << "\n"
        << "smtpd_client_connection_rate_limit = 0\nsmtpd_error_sleep_time = 0\n"
        << "smtpd_relay_restrictions = permit_mynetworks, reject\n"
        << "smtpd_recipient_restrictions = check_recipient_access inline:{" << kRecipients
        << "}, permit_mynetworks, reject\n";
}

int Postfix::control(const std::string& command) const {
    return run({"/usr/sbin/postfix", "-c", (folder_.path() / "etc").string(), command},
               folder_.path() / "control");
}

}  // namespace candour::support
