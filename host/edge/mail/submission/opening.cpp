#include "edge/mail/submission/opening.hpp"

#include "edge/mail/submission/sasl.hpp"

namespace candour::mail {

flow::Task<Opened> Opening::run() {
    using Step = flow::Task<Done> (Opening::*)();
    for (const Step step :
         {&Opening::connect, &Opening::greet, &Opening::hello, &Opening::start_tls, &Opening::log_in}) {
        const Done done_step = co_await (this->*step)();
        if (done_step) continue;
        opened_.failed =
            flow::Outcome{flow::Fate::deferred, last_.code, last_.status, done_step.error().message};
        opened_.too_fast = last_.too_fast();
        break;
    }
    co_return std::move(opened_);
}

flow::Task<Done> Opening::connect() {
    Done connected = co_await wire_.connect();
    if (!connected || config_.tls != TlsPolicy::on_connect) co_return connected;
    Done encrypted = co_await secure(true);
    co_return encrypted;
}

flow::Task<Done> Opening::greet() {
    Result<Reply> greeting = co_await wire_.reply(config_.deadlines.reply);
    if (!greeting) co_return greeting.error();
    if (!greeting->positive()) co_return refused("greeting", *greeting);
    co_return done();
}

flow::Task<Done> Opening::hello() {
    std::string command = "EHLO " + config_.helo_name + "\r\n";
    Result<Reply> answer = co_await ask(std::move(command));
    if (!answer) co_return answer.error();
    if (!answer->positive()) co_return refused("EHLO", *answer);
    opened_.offered = capabilities(*answer);
    co_return done();
}

flow::Task<Done> Opening::start_tls() {
    if (config_.tls == TlsPolicy::off || config_.tls == TlsPolicy::on_connect) co_return done();
    if (!opened_.offered.starttls) {
        if (config_.tls == TlsPolicy::opportunistic) co_return done();
        co_return Error{ErrorCode::denied,
                        config_.host + ": TLS is required and the server does not offer STARTTLS"};
    }
    std::string command = "STARTTLS\r\n";
    Result<Reply> answer = co_await ask(std::move(command));
    if (!answer) co_return answer.error();
    if (!answer->positive()) co_return refused("STARTTLS", *answer);
    const Done encrypted = co_await secure(config_.tls == TlsPolicy::required);
    if (!encrypted) co_return encrypted;
    // What was offered before TLS could have been anybody's offer: ask again.
    Done greeted = co_await hello();
    co_return greeted;
}

flow::Task<Done> Opening::secure(bool verify) {
    if (!tls_) co_return tls_.error();
    asio::ssl::context& context = **tls_;
    Done encrypted = co_await wire_.encrypt(context, verify);
    co_return encrypted;
}

flow::Task<Done> Opening::log_in() {
    const Auth& auth = config_.auth;
    if (auth.mechanism == Mechanism::none) co_return done();
    const std::string name(sasl_name(auth.mechanism));
    if (!opened_.offered.offers(name))
        co_return Error{ErrorCode::denied, config_.host + ": the server does not offer AUTH " + name};
    std::string command = auth_command(auth, config_.host, config_.port);
    Result<Reply> answer = co_await ask(std::move(command));
    for (int challenge = 0; answer && answer->go_on(); ++challenge) {
        std::optional<std::string> more = auth_answer(auth, challenge);
        if (!more) co_return refused("AUTH " + name, *answer);
        answer = co_await ask(*std::move(more));
    }
    if (!answer) co_return answer.error();
    if (!answer->positive()) co_return refused("AUTH " + name, *answer);
    co_return done();
}

flow::Task<Result<Reply>> Opening::ask(std::string command) {
    const Written written = co_await wire_.write(std::move(command));
    if (written.error) co_return *written.error;
    Result<Reply> answer = co_await wire_.reply(config_.deadlines.reply);
    co_return answer;
}

Error Opening::refused(std::string_view step, const Reply& reply) {
    last_ = reply;
    return Error{ErrorCode::denied, config_.host + ": " + std::string(step) + ": " + one_line(reply)};
}

}  // namespace candour::mail
