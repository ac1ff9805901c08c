#include "edge/mail/intake/session.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

namespace candour::mail {
namespace {

constexpr std::size_t kReadAtOnce = 64 * 1024;
constexpr const char* kTryLater = "421 4.3.2 closing; try again later\r\n";

/// Counts what is on its way in for as long as it is.
class Held {
 public:
    explicit Held(std::shared_ptr<IntakeShared> shared) : shared_(std::move(shared)) {}
    ~Held() { shared_->held -= mine_; }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    void be(std::size_t bytes) {
        shared_->held += bytes - mine_;
        mine_ = bytes;
    }

 private:
    const std::shared_ptr<IntakeShared> shared_;
    std::size_t mine_ = 0;
};

}  // namespace

IntakeSession::IntakeSession(IntakeSocket socket, std::shared_ptr<IntakeShared> shared)
    : socket_(std::move(socket)),
      shared_(std::move(shared)),
      dialogue_(shared_->config),
      watchdog_(socket_.get_executor(), [this] { abort(); }) {
    boost::system::error_code ignored;  // a UNIX socket has no such option
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

flow::Task<void> IntakeSession::serve() {
    out_ = dialogue_.greeting();
    for (bool open = true; open;) {
        auto asking = next_answer();
        std::optional<Answer> answer = co_await std::move(asking);
        if (!answer) break;
        out_ += answer->text;
        if (answer->next == Answer::Next::read_content) {
            auto taking = take_mail();
            open = co_await std::move(taking);
        }
        if (answer->next != Answer::Next::close) continue;
        auto saying = say(std::move(out_));
        co_await std::move(saying);
        break;
    }
    abort();
}

flow::Task<void> IntakeSession::turn_away() {
    auto saying = say("421 4.7.0 too many sessions; try again later\r\n");
    co_await std::move(saying);
    abort();
}

/// Answers gather while commands are there: the client sent them together and reads the replies together.
flow::Task<std::optional<Answer>> IntakeSession::next_answer() {
    for (;;) {
        if (std::optional<Answer> answer = answer_from_buffer()) co_return answer;
        auto saying = say(std::move(out_));
        out_.clear();
        const bool said = co_await std::move(saying);
        if (!said) co_return std::nullopt;
        waiting_ = true;
        bool came = false;
        if (!shared_->draining) {
            auto reading = more();
            came = co_await std::move(reading);
        }
        waiting_ = false;
        if (came) continue;
        if (!shared_->draining || !socket_.is_open()) co_return std::nullopt;
        co_return Answer{kTryLater, Answer::Next::close};
    }
}

/// Only CRLF ends a command. A bare line feed is refused at once, so that nobody waits for an answer that
/// never comes.
std::optional<Answer> IntakeSession::answer_from_buffer() {
    const std::size_t end = in_.find('\n', at_);
    const std::size_t length = (end == std::string::npos ? in_.size() : end) - at_;
    if (end == std::string::npos) {
        if (length <= shared_->config.max_line) return std::nullopt;
        skipping_ = true;
        at_ = in_.size();
        return std::nullopt;
    }
    const std::string_view line = std::string_view(in_).substr(at_, length);
    at_ = end + 1;
    if (std::exchange(skipping_, false) || length > shared_->config.max_line)
        return dialogue_.refuse_line("the line is too long");
    if (!line.ends_with('\r')) return dialogue_.refuse_line("a line ends with CR LF");
    return dialogue_.hear(line.substr(0, line.size() - 1));
}

flow::Task<bool> IntakeSession::take_mail() {
    auto saying = say(std::move(out_));
    out_.clear();
    const bool said = co_await std::move(saying);
    if (!said) co_return false;
    ContentReader reader(shared_->config.max_message);
    Held held(shared_);
    crowded_ = false;
    while (!reader.ended()) {
        if (at_ == in_.size()) {
            auto reading = more();
            const bool came = co_await std::move(reading);
            if (!came) co_return false;
        }
        at_ += reader.take(std::string_view(in_).substr(at_));
        held.be(reader.size());
        if (shared_->held <= shared_->config.max_held) continue;
        crowded_ = true;
        reader.give_up();
        held.be(0);
    }
    std::string reply = refusal_of(reader);
    if (reply.empty()) {
        flow::ArrivedMail mail{dialogue_.sender(), dialogue_.recipients(), reader.content()};
        auto receiving = shared_->receive(std::move(mail));
        const Done kept = co_await std::move(receiving);
        reply = kept ? "250 2.0.0 kept" : reply_to(kept.error());
    }
    ++(reply.starts_with('2') ? shared_->counters.accepted : shared_->counters.refused);
    out_ += dialogue_.answer_content(reply);
    co_return true;
}

std::string IntakeSession::refusal_of(const ContentReader& reader) const {
    if (crowded_) return reply_to(Error{ErrorCode::exhausted, {}});
    if (!reader.too_long()) return {};
    return "552 5.3.4 more than " + std::to_string(shared_->config.max_message) + " bytes";
}

flow::Task<bool> IntakeSession::more() {
    in_.erase(0, at_);
    at_ = 0;
    const std::size_t held = in_.size();
    in_.resize(held + kReadAtOnce);
    boost::system::error_code failed;
    auto token = asio::redirect_error(flow::use_task, failed);
    const auto room = asio::buffer(in_.data() + held, kReadAtOnce);
    watchdog_.arm(shared_->config.idle);
    const std::size_t count = co_await socket_.async_read_some(room, token);
    watchdog_.rest();
    in_.resize(held + count);
    co_return !failed && count > 0;
}

flow::Task<bool> IntakeSession::say(std::string text) {
    if (text.empty()) co_return socket_.is_open();
    boost::system::error_code failed;
    auto token = asio::redirect_error(flow::use_task, failed);
    const auto bytes = asio::buffer(text);
    watchdog_.arm(shared_->config.idle);
    co_await asio::async_write(socket_, bytes, token);
    watchdog_.rest();
    co_return !failed;
}

void IntakeSession::drain() {
    boost::system::error_code ignored;
    if (waiting_) socket_.cancel(ignored);
}

void IntakeSession::abort() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace candour::mail
