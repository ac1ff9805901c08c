/// From a name to a session that is ready for mail: connect, greeting, EHLO, STARTTLS, AUTH.
#pragma once
#include "edge/mail/submission/wire.hpp"
#include "flow/delivery/deliverer.hpp"

namespace candour::mail {

struct Opened {
    Capabilities offered;
    std::optional<flow::Outcome> failed;  ///< always `deferred`: it is never the message's fault
    bool too_fast = false;                ///< the server asked us to slow down
};

using TlsContext = std::shared_ptr<asio::ssl::context>;

class Opening {
 public:
    Opening(Wire& wire, const SubmissionConfig& config, Result<TlsContext> tls)
        : wire_(wire), config_(config), tls_(std::move(tls)) {}
    flow::Task<Opened> run();

 private:
    flow::Task<Done> connect();
    flow::Task<Done> greet();
    flow::Task<Done> hello();
    flow::Task<Done> start_tls();
    flow::Task<Done> secure(bool verify);
    flow::Task<Done> log_in();
    flow::Task<Result<Reply>> ask(std::string command);
    Error refused(std::string_view step, const Reply& reply);

    Wire& wire_;
    const SubmissionConfig& config_;
    Result<TlsContext> tls_;
    Opened opened_;
    Reply last_;
};

}  // namespace candour::mail
