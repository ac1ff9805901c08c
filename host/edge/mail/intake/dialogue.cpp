#include "edge/mail/intake/dialogue.hpp"

#include <algorithm>
#include <charconv>

namespace candour::mail {
namespace {

Answer say(std::string text) {
    return {text + "\r\n", Answer::Next::go_on};
}

/// Values that a parameter must have; nothing: any that its own reading accepts.
Done check_mail_parameters(const Path& path, std::size_t max_message) {
    for (const auto& [key, value] : path.parameters) {
        if (key == "SIZE") {
            std::size_t size = 0;
            const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), size);
            const bool number = end == value.data() + value.size() && !value.empty();
            if (failure == std::errc::result_out_of_range || size > max_message)
                return Error{ErrorCode::exhausted,
                             "552 5.3.4 at most " + std::to_string(max_message) + " bytes"};
            if (failure != std::errc() || !number)
                return Error{ErrorCode::invalid, "501 5.5.4 SIZE is a number of bytes"};
        } else if (key == "BODY") {
            if (value != "7BIT" && value != "8BITMIME")
                return Error{ErrorCode::invalid, "501 5.5.4 BODY is 7BIT or 8BITMIME"};
        } else if (key != "SMTPUTF8" || !value.empty()) {
            return Error{ErrorCode::unsupported, "555 5.5.4 " + key + " is not offered here"};
        }
    }
    return done();
}

}  // namespace

std::string where(const IntakeConfig& config) {
    if (!config.path.empty()) return "unix:" + config.path;
    const bool six = config.address.find(':') != std::string::npos;
    return (six ? "[" + config.address + "]" : config.address) + ":" + std::to_string(config.port);
}

std::string Dialogue::greeting() const {
    return "220 " + config_.name + " LMTP\r\n";
}

Answer Dialogue::wrong(std::string text) {
    if (++errors_ >= config_.max_errors) return {"421 4.7.0 too many errors\r\n", Answer::Next::close};
    return say(std::move(text));
}

Answer Dialogue::refuse_line(std::string_view why) {
    return wrong("500 5.5.2 " + std::string(why));
}

void Dialogue::forget() {
    addressed_ = false;
    sender_.clear();
    recipients_.clear();
}

Answer Dialogue::hear(std::string_view line) {
    const auto odd = [](unsigned char c) { return c < 32 || c == 127; };
    if (std::any_of(line.begin(), line.end(), odd)) return refuse_line("control characters in a command");
    const Command command = read_command(line);
    switch (command.verb) {
        case Verb::lhlo:
            return hello(command);
        case Verb::smtp_hello:
            return wrong("500 5.5.1 this is LMTP: say LHLO");
        case Verb::mail:
            return mail(command);
        case Verb::rcpt:
            return rcpt(command);
        case Verb::data:
            return data(command);
        case Verb::rset:
            forget();
            return say("250 2.0.0 forgotten");
        case Verb::noop:
            return say("250 2.0.0 still here");
        case Verb::vrfy:
            return say("252 2.5.0 send it and see");
        case Verb::quit:
            return {"221 2.0.0 bye\r\n", Answer::Next::close};
        case Verb::unknown:
            break;
    }
    return wrong("500 5.5.1 expected LHLO, MAIL, RCPT, DATA, RSET, NOOP or QUIT");
}

Answer Dialogue::hello(const Command& command) {
    if (command.argument.empty()) return wrong("501 5.5.4 expected a name after LHLO");
    greeted_ = true;
    forget();
    return {"250-" + config_.name +
                "\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE " +
                std::to_string(config_.max_message) + "\r\n",
            Answer::Next::go_on};
}

Answer Dialogue::mail(const Command& command) {
    if (!greeted_) return wrong("503 5.5.1 LHLO first");
    if (addressed_) return wrong("503 5.5.1 one MAIL at a time; RSET takes it back");
    const Result<Path> path = read_path(command.argument, "FROM:");
    if (!path) return wrong("501 5.1.7 " + path.error().message);
    if (const Done fine = check_mail_parameters(*path, config_.max_message); !fine)
        return wrong(fine.error().message);
    addressed_ = true;
    sender_ = path->address;
    return say("250 2.1.0 go on");
}

Answer Dialogue::rcpt(const Command& command) {
    if (!addressed_) return wrong("503 5.5.1 MAIL first");
    const Result<Path> path = read_path(command.argument, "TO:");
    if (!path) return wrong("501 5.1.3 " + path.error().message);
    if (path->address.empty()) return wrong("501 5.1.3 expected an address");
    if (!path->parameters.empty())
        return wrong("555 5.5.4 " + path->parameters.begin()->first + " is not offered here");
    if (recipients_.size() >= config_.max_recipients)
        return say("452 4.5.3 too many recipients; send the rest in another mail");
    recipients_.push_back(path->address);
    return say("250 2.1.5 go on");
}

Answer Dialogue::data(const Command& command) {
    if (!command.argument.empty()) return wrong("501 5.5.4 DATA stands alone");
    if (recipients_.empty()) return wrong("503 5.5.1 no recipient was accepted");
    return {"354 end with a dot on a line of its own\r\n", Answer::Next::read_content};
}

std::string Dialogue::answer_content(const std::string& reply) {
    std::string all;
    for (std::size_t i = 0; i < recipients_.size(); ++i) all += reply + "\r\n";
    forget();
    return all;
}

std::string reply_to(const Error& error) {
    if (error.code == ErrorCode::exhausted) return "452 4.3.1 too much is on its way in; try again later";
    return "451 4.3.0 it cannot be kept just now; try again later";
}

}  // namespace candour::mail
