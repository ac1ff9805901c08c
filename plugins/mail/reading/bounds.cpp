#include "reading/bounds.hpp"

#include <algorithm>

#include "characters.hpp"

namespace candour::mail {
namespace {

/// Fields one by one, until the empty line.
class HeaderBlock final {
 public:
    explicit HeaderBlock(Bounded& out) : out_(out) {}

    void take(std::string_view line) {
        const bool continues = line.front() == ' ' || line.front() == '\t';
        if (!continues) {
            ++fields_;
            value_ = 0;
        }
        value_ += line.size();
        if (fields_ > kMostFields || value_ > kMostValue || out_.bytes.size() + line.size() > kMostHeader) {
            out_.truncated = true;
            return;
        }
        out_.bytes += line;
    }

 private:
    Bounded& out_;
    std::size_t fields_ = 0, value_ = 0;
};

bool is_empty_line(std::string_view line) {
    return line == "\n" || line == "\r\n" || line.empty();
}

std::string_view take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
    rest.remove_prefix(line.size());
    return line;
}

/// Counts what multiplies the work of a parser; the first line that is too much ends the mail.
class BodyGuard final {
 public:
    bool allows(std::string_view line) {
        const bool continues = !line.empty() && (line.front() == ' ' || line.front() == '\t');
        field_ = continues && field_ > 0 ? field_ + line.size() : begins(line, "content-") ? line.size() : 0;
        if (begins(line, "content-type:")) ++parts_;
        if (line.starts_with("--")) ++delimiters_;
        return parts_ <= kMostParts && delimiters_ <= kMostDelimiters && field_ <= kMostValue;
    }

 private:
    std::size_t parts_ = 0, delimiters_ = 0, field_ = 0;
};

/// How much of the body may pass.
std::size_t allowed_size(std::string_view body) {
    BodyGuard guard;
    std::string_view rest = body;
    while (!rest.empty()) {
        const std::size_t at = body.size() - rest.size();
        if (!guard.allows(take_line(rest))) return at;
    }
    return body.size();
}

}  // namespace

Bounded bounded(std::string_view raw) {
    std::string repaired_ends;
    Bounded out;
    if (raw.size() > kMostBytes) {
        raw = raw.substr(0, kMostBytes);
        out.truncated = true;
    }
    if (raw.find('\n') == std::string_view::npos && raw.find('\r') != std::string_view::npos) {
        repaired_ends = raw;
        std::ranges::replace(repaired_ends, '\r', '\n');
        raw = repaired_ends;
    }
    while (!raw.empty() && is_blank(raw.front())) raw.remove_prefix(1);
    out.bytes.reserve(raw.size());
    HeaderBlock header(out);
    while (!raw.empty()) {
        const std::string_view line = take_line(raw);
        if (is_empty_line(line)) {
            out.bytes += line;
            break;
        }
        header.take(line);
    }
    const std::size_t allowed = allowed_size(raw);
    out.truncated = out.truncated || allowed < raw.size();
    out.bytes += raw.substr(0, allowed);
    return out;
}

}  // namespace candour::mail
