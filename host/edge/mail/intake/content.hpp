/// The bytes between DATA and the lone dot. Only CRLF.CRLF ends them: a lone dot between bare line feeds is
/// content, or a sender could hide a second mail in the first one. Bare CR and LF stay as they are.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace candour::mail {

class ContentReader {
 public:
    explicit ContentReader(std::size_t limit) : limit_(limit) {}

    /// Takes what belongs to the content and returns how many bytes that were; `ended` says whether the dot
    /// came.
    std::size_t take(std::string_view bytes);
    bool ended() const { return state_ == State::ended; }
    /// More came than the limit; the rest is read and thrown away.
    bool too_long() const { return too_long_; }
    std::size_t size() const { return content_.size(); }
    /// Whatever comes is thrown away from now on.
    void give_up();
    std::string content() { return std::move(content_); }

 private:
    enum class State { line_start, dot, dot_cr, text, cr, ended };
    void keep(std::string_view bytes);
    void step(char c);

    std::size_t limit_;
    std::string content_;
    State state_ = State::line_start;
    bool too_long_ = false;
};

}  // namespace candour::mail
