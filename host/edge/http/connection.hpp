/// One client's connection: requests are heard, handled and answered strictly in turn, so pipelining needs no
/// queue.
///
///     idle ─▶ header ─▶ body ─▶ handling ─▶ writing ─▶ idle …            each phase has one deadline
///       any ─▶ lingering ─▶ closed     last words are said, the client may read them
///       handling ─▶ abandoned          504 was said; the handler runs on, its answer goes nowhere
///       writing ─▶ streaming ─▶ writing …  the answer has no end; while it waits for a piece there is no
///       deadline
#pragma once
#include <boost/beast/core/flat_buffer.hpp>
#include <optional>
#include <string>

#include "edge/http/guest_line.hpp"
#include "edge/http/request_parser.hpp"
#include "edge/http/serving.hpp"
#include "flow/task.hpp"

namespace candour::http {

struct Problem;

class Connection final {
 public:
    Connection(Socket socket, Serving& serving);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs until the connection is closed. Lets nothing escape but the end of memory.
    flow::Task<void> serve();
    /// 503 and good-bye, when the house is full.
    flow::Task<void> turn_away();

    /// The clock hand passes: acts when the present phase is over its deadline.
    void expire();
    /// The server stops: an idle connection closes now, a busy one after its answer.
    void drain();
    void abort();
    bool waits_for_handler() const { return phase_ == Phase::handling; }

 private:
    enum class Phase : std::uint8_t {
        idle,
        header,
        body,
        handling,
        abandoned,
        writing,
        streaming,
        lingering,
        closed
    };
    enum class Part : bool { header, whole };

    flow::Task<bool> exchange();
    flow::Task<bool> hear(Part part);
    flow::Task<std::size_t> fill();
    flow::Task<std::optional<Response>> hear_body(const Route& route);
    flow::Task<Response> ask(const Route& route);
    flow::Task<bool> answer(const Response& response, bool close);
    flow::Task<bool> write(std::string_view head, std::string_view body);
    flow::Task<void> stream(const Response& response);
    flow::Task<void> linger();

    std::optional<Response> judge(Found& found);
    Response refuse(Problem problem) const;
    bool heard(Part part) const;
    std::size_t wanted() const;
    void enter(Phase phase);
    void say_at_once(unsigned status, std::string detail);
    void close();

    GuestLine line_;
    Serving& serving_;
    std::string peer_;
    boost::beast::flat_buffer buffer_;
    std::optional<RequestParser> parser_;
    std::string out_;
    std::shared_ptr<BodyStream> stream_;
    boost::system::error_code error_;
    SteadyTime deadline_;
    Phase phase_ = Phase::idle;
    std::string_view transport_rule_;  ///< what HSTS says to whoever asked, empty when it says nothing
    std::optional<std::pair<unsigned, std::string>> malformed_;
};

}  // namespace candour::http
