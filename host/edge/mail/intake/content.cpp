#include "edge/mail/intake/content.hpp"

#include <cstring>

namespace candour::mail {

void ContentReader::give_up() {
    too_long_ = true;
    content_ = std::string();
}

void ContentReader::keep(std::string_view bytes) {
    if (too_long_) return;
    if (content_.size() + bytes.size() > limit_) return give_up();
    content_ += bytes;
}

/// `dot` holds back a dot at the start of a line: it was added on the way, or it is the end.
void ContentReader::step(char c) {
    if (state_ == State::line_start && c == '.') {
        state_ = State::dot;
        return;
    }
    if (state_ == State::dot && c == '\r') {
        state_ = State::dot_cr;
        return;
    }
    if (state_ == State::dot_cr) {
        if (c == '\n') {
            state_ = State::ended;
            return;
        }
        keep("\r");
        state_ = State::cr;
    }
    const bool ends_line = state_ == State::cr && c == '\n';
    keep({&c, 1});
    state_ = ends_line ? State::line_start : c == '\r' ? State::cr : State::text;
}

std::size_t ContentReader::take(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size() && !ended()) {
        if (state_ != State::text) {
            step(bytes[at++]);
            continue;
        }
        const void* next = std::memchr(bytes.data() + at, '\r', bytes.size() - at);
        const std::size_t until =
            next == nullptr ? bytes.size()
                            : static_cast<std::size_t>(static_cast<const char*>(next) - bytes.data());
        keep(bytes.substr(at, until - at));
        at = until;
        if (at < bytes.size()) step(bytes[at++]);
    }
    return at;
}

}  // namespace candour::mail
