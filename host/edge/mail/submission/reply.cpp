#include "edge/mail/submission/reply.hpp"

#include <algorithm>
#include <charconv>

#include "core/letters.hpp"
#include "edge/mail/utf8.hpp"

namespace candour::mail {
namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}

Error garbled(std::string what, std::string_view line) {
    return Error{ErrorCode::corrupt, std::move(what) + ": " + printable(line, 80)};
}

struct Line {
    int code = 0;
    bool last = false;
    std::string_view text;
};

Result<Line> read_line(std::string_view line) {
    if (line.size() < 3 || line[0] < '2' || line[0] > '5' || !digit(line[1]) || !digit(line[2]))
        return garbled("expected a three-digit SMTP reply code, found", line);
    if (line.size() > 3 && line[3] != ' ' && line[3] != '-')
        return garbled("expected a space or '-' after the reply code, found", line);
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    return Line{code, line.size() == 3 || line[3] == ' ', line.substr(std::min<std::size_t>(line.size(), 4))};
}

/// class "." 1*3digit "." 1*3digit, the class being the first digit of the code (RFC 2034 4).
std::string enhanced_status(int code, std::string_view text) {
    const std::string_view status = text.substr(0, text.find(' '));
    std::size_t at = 0;
    for (int part = 0; part < 3; ++part) {
        std::size_t digits = 0;
        while (at < status.size() && digit(status[at])) ++at, ++digits;
        if (digits == 0 || digits > 3) return {};
        if (part < 2 && (at >= status.size() || status[at++] != '.')) return {};
    }
    return at == status.size() && status[0] - '0' == code / 100 && status[1] == '.' ? std::string(status)
                                                                                    : std::string{};
}

std::vector<std::string> words(std::string_view line) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        if (end > at) found.push_back(core::ascii_upper(line.substr(at, end - at)));
        at = end + 1;
    }
    return found;
}

void note_extension(Capabilities& offered, const std::vector<std::string>& word) {
    const std::string& name = word.front();
    if (name == "STARTTLS") offered.starttls = true;
    if (name == "PIPELINING") offered.pipelining = true;
    if (name == "8BITMIME") offered.eight_bit = true;
    if (name == "SMTPUTF8") offered.utf8 = true;
    if (name == "DSN") offered.dsn = true;
    if (name == "AUTH") offered.auth.assign(word.begin() + 1, word.end());
    if (name != "SIZE") return;
    offered.size = true;
    // A number that does not fit is no limit at all.
    if (word.size() > 1) std::from_chars(word[1].data(), word[1].data() + word[1].size(), offered.size_limit);
}

}  // namespace

Result<TakenReply> take_reply(std::string_view bytes) {
    Reply reply;
    for (std::size_t at = 0;;) {
        const std::size_t end = bytes.find('\n', at);
        const std::string_view line = bytes.substr(at, end == bytes.npos ? bytes.npos : end - at);
        if (line.size() > kMaxReplyLine)
            return garbled("a reply line is longer than " + std::to_string(kMaxReplyLine) + " bytes", line);
        if (end == bytes.npos) return TakenReply{};
        if (!line.ends_with('\r')) return garbled("expected a reply line to end in CR LF, found", line);
        const Result<Line> read = read_line(line.substr(0, line.size() - 1));
        if (!read) return read.error();
        if (!reply.lines.empty() && read->code != reply.code)
            return garbled(
                "expected every line of the reply to say " + std::to_string(reply.code) + ", found", line);
        if (reply.lines.size() == kMaxReplyLines)
            return garbled("a reply has more than " + std::to_string(kMaxReplyLines) + " lines", line);
        reply.code = read->code;
        reply.lines.emplace_back(read->text);
        at = end + 1;
        if (at > kMaxReply)
            return garbled("a reply is longer than " + std::to_string(kMaxReply) + " bytes", line);
        if (!read->last) continue;
        reply.status = enhanced_status(reply.code, reply.lines.front());
        return TakenReply{at, std::move(reply)};
    }
}

std::string printable(std::string_view text, std::size_t most) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text.substr(at));
        const std::size_t step = std::max<std::size_t>(length, 1);
        if (out.size() + step > most) return out + "…";
        const auto first = static_cast<unsigned char>(text[at]);
        const bool shown = length > 1 || (length == 1 && first >= 32 && first != 127);
        out.append(shown ? text.substr(at, step) : std::string_view("?"));
        at += step;
    }
    return out;
}

std::string one_line(const Reply& reply) {
    std::string text = std::to_string(reply.code);
    for (const std::string& line : reply.lines)
        if (!line.empty()) (text += ' ') += line;
    return printable(text);
}

bool Capabilities::offers(std::string_view mechanism) const {
    return std::ranges::find(auth, mechanism) != auth.end();
}

Capabilities capabilities(const Reply& ehlo) {
    Capabilities offered;
    for (std::size_t i = 1; i < ehlo.lines.size(); ++i) {
        const std::vector<std::string> word = words(ehlo.lines[i]);
        if (!word.empty()) note_extension(offered, word);
    }
    return offered;
}

}  // namespace candour::mail
