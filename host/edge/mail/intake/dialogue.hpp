/// What is said in an LMTP session, without the socket: lines in, replies out. Pure.
///
///     greeted ──LHLO──▶ ready ──MAIL──▶ addressed ──RCPT──▶ addressed ──DATA──▶ content ──▶ ready
///                         ▲                    RSET, LHLO                                     │
///                         └───────────────────────────────────────────────────────────────────┘
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "edge/mail/intake/command.hpp"
#include "edge/mail/intake/config.hpp"

namespace candour::mail {

struct Answer {
    enum class Next { go_on, read_content, close };
    std::string text;  ///< with CRLF
    Next next = Next::go_on;
};

class Dialogue {
 public:
    explicit Dialogue(const IntakeConfig& config) : config_(config) {}

    std::string greeting() const;
    /// One line without its CRLF.
    Answer hear(std::string_view line);
    /// A line that is none: too long, or not ended by CRLF.
    Answer refuse_line(std::string_view why);
    /// The same reply for each recipient, as LMTP wants it; the next mail may follow.
    std::string answer_content(const std::string& reply);

    const std::string& sender() const { return sender_; }
    const std::vector<std::string>& recipients() const { return recipients_; }

 private:
    Answer wrong(std::string text);
    Answer hello(const Command& command);
    Answer mail(const Command& command);
    Answer rcpt(const Command& command);
    Answer data(const Command& command);
    void forget();

    const IntakeConfig& config_;
    bool greeted_ = false;
    bool addressed_ = false;
    std::string sender_;
    std::vector<std::string> recipients_;
    int errors_ = 0;
};

/// What the store's refusal is in LMTP: always "later", because a mail that we cannot keep now stays with the
/// mail server.
std::string reply_to(const Error& error);

}  // namespace candour::mail
