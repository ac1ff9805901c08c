#include "edge/http/connection.hpp"

#include "edge/http/body_stream.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/rate_limit.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/request_parser.hpp"
#include "edge/http/target.hpp"
#include "edge/http/wire.hpp"

namespace candour::http {

namespace {

/// Most requests fit one read of this; an idle connection holds no more.
constexpr std::size_t kSmallRead = 4 * 1024;
constexpr std::size_t kLargeRead = 64 * 1024;
/// Up to here copying a body behind its header is cheaper than a second buffer for the kernel.
constexpr std::size_t kCopiedBody = 16 * 1024;
/// What we read and forget so that our last words are not lost to a connection reset.
constexpr std::size_t kLingerBytes = 4 * 1024 * 1024;

}  // namespace

Connection::Connection(Socket socket, Serving& serving)
    : line_(std::move(socket), serving.options.tls ? serving.options.tls->context() : nullptr),
      serving_(serving),
      peer_(line_.peer()) {
    deadline_ = serving_.in(serving_.options.patience.idle);
}

flow::Task<void> Connection::serve() {
    bool more = true;
    while (more) more = co_await exchange();
    close();
}

flow::Task<void> Connection::turn_away() {
    Problem problem =
        problem_of({ErrorCode::unavailable, "too many connections are open; try again in a moment"});
    const Response response = to_response(std::move(problem));
    co_await answer(response, true);
    close();
}

/// One request and its answer. False: this was the last one.
flow::Task<bool> Connection::exchange() {
    parser_.emplace(serving_.options.header_limit);
    malformed_.reset();
    const bool arrived = co_await hear(Part::header);
    if (!arrived) co_return false;
    ++serving_.counters.requests;
    Found found;
    std::optional<Response> response = judge(found);
    if (!response) response = co_await hear_body(*found.route);
    if (phase_ == Phase::closed || phase_ == Phase::lingering) co_return false;
    if (!response) {
        parser_->request.parameters = std::move(found.parameters);
        parser_->request.pattern = found.route->pattern;
        response = co_await ask(*found.route);
    }
    if (phase_ == Phase::abandoned) co_return false;
    // An unread body would be taken for the next request.
    const bool last = !parser_->is_done() || !parser_->keep_alive() || serving_.draining || line_.misplaced();
    const bool sent = co_await answer(*response, last);
    co_return sent && !last;
}

bool Connection::heard(Part part) const {
    if (malformed_) return true;
    return part == Part::header ? parser_->is_header_done() : parser_->is_done();
}

/// Feeds the parser until that part is there or is known to be malformed. False: the client is gone.
flow::Task<bool> Connection::hear(Part part) {
    RequestParser& parser = *parser_;
    while (!heard(part)) {
        std::size_t used = 0;
        beast::error_code grammar = beast::http::error::need_more;
        if (buffer_.size() > 0) used = parser.put(buffer_.data(), grammar);
        buffer_.consume(used);
        if (grammar && grammar != beast::http::error::need_more) malformed_ = RequestParser::explain(grammar);
        if (heard(part)) break;
        if (!grammar && buffer_.size() > 0) continue;
        enter(parser.is_header_done() ? Phase::body : parser.got_some() ? Phase::header : Phase::idle);
        const std::size_t more = co_await fill();
        if (more == 0) co_return false;
    }
    co_return true;
}

/// A small body must not cost a large buffer.
std::size_t Connection::wanted() const {
    if (phase_ != Phase::body) return kSmallRead;
    const auto remaining = parser_->content_length_remaining();
    const std::uint64_t expected = remaining ? *remaining : kSmallRead * 4;
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(expected, kSmallRead, kLargeRead));
}

/// Returns 0 when nothing will come any more, or nothing is wanted any more.
flow::Task<std::size_t> Connection::fill() {
    // Header lines, chunk sizes and trailers never need more than this at once; whoever sends more is not
    // well.
    if (buffer_.size() > serving_.options.header_limit + kSmallRead) {
        malformed_ = {431, "a line has no end"};
        co_return buffer_.size();
    }
    auto reading = line_.read_some(buffer_.prepare(wanted()), error_);
    const std::size_t count = co_await std::move(reading);
    buffer_.commit(count);
    if (error_) {
        if (phase_ != Phase::lingering) phase_ = Phase::closed;
        co_return 0;
    }
    if (phase_ == Phase::lingering) {
        co_await linger();
        co_return 0;
    }
    co_return count;
}

/// Everything the header alone decides: an answer, or the route that will give it.
std::optional<Response> Connection::judge(Found& found) {
    RequestParser& parser = *parser_;
    if (malformed_) return refuse(plain_problem(malformed_->first, malformed_->second));
    if (line_.misplaced())
        return refuse(plain_problem(400, "this address speaks TLS alone: it begins with https://"));
    if (auto objection = parser.objection())
        return refuse(plain_problem(objection->first, objection->second));
    Result<Target> target = read_target(parser.target());
    if (!target) return refuse(plain_problem(400, target.error().message));
    Request& request = parser.request;
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    if (request.method == Method::other) return refuse(plain_problem(501, "this method is not known here"));
    found = serving_.router.find(request.method, request.path);
    if (found.route == nullptr) {
        if (request.method == Method::options && (!found.allow.empty() || request.path == "*")) {
            const std::string all = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
            return Response::empty(204).set("Allow", found.allow.empty() ? all : found.allow);
        }
        if (found.allow.empty()) return refuse(plain_problem(404, "nothing lives at this address"));
        Problem problem = plain_problem(405, "this address answers to " + found.allow);
        problem.headers.push_back({"Allow", found.allow});
        return refuse(std::move(problem));
    }
    request.peer = peer_;
    request.tls = line_.by_tls();
    const bool safely = came_by_tls(request, serving_.options.proxies);
    transport_rule_ = safely ? std::string_view(serving_.options.transport_rule) : std::string_view{};
    if (serving_.options.admit)
        if (std::optional<Problem> refusal = serving_.options.admit(*found.route, request))
            return refuse(std::move(*refusal));
    const std::size_t limit = found.route->options.body_limit;
    const auto length = parser.content_length();
    if (length && *length > limit) {
        return refuse(plain_problem(
            413, "expected at most " + std::to_string(limit) + " bytes, found " + std::to_string(*length)));
    }
    return std::nullopt;
}

/// nullopt: the whole request is there, or the client is gone (the phase tells).
flow::Task<std::optional<Response>> Connection::hear_body(const Route& route) {
    RequestParser& parser = *parser_;
    parser.allow_body(route.options.body_limit);
    if (!parser.is_done() && parser.expects_continue() && buffer_.size() == 0) {
        const bool sent = co_await write("HTTP/1.1 100 Continue\r\n\r\n", {});
        if (!sent) co_return std::nullopt;
    }
    const bool arrived = co_await hear(Part::whole);
    if (!arrived) co_return std::nullopt;
    if (malformed_) co_return refuse(plain_problem(malformed_->first, malformed_->second));
    if (buffer_.size() == 0 && buffer_.capacity() > serving_.options.header_limit) buffer_.shrink_to_fit();
    co_return std::nullopt;
}

/// The wall: what a handler throws ends here.
flow::Task<Response> Connection::ask(const Route& route) {
    Request& request = parser_->request;
    enter(Phase::handling);
    request.answer_by = deadline_;
    const bool html = prefers_html(request);
    std::string failure;
    try {
        flow::Task<Response> work = route.handler(std::move(request));
        Response response = co_await std::move(work);
        const bool page =
            route.options.audience == Audience::customer && response.content_type.starts_with("text/html");
        if (page && serving_.options.dress) serving_.options.dress(response.body);
        protect(response, route.options.audience, serving_.styles);
        co_return response;
    } catch (const std::exception& thrown) {
        failure = thrown.what();
    } catch (...) {
        failure = "something that is no exception was thrown";
    }
    ++serving_.counters.faults;
    serving_.report(std::string(core::name_of(kMethods, route.method)) + " " + route.pattern +
                    " failed: " + failure);
    Problem problem = problem_of({ErrorCode::internal, {}});
    Response response = html ? to_page(problem) : to_response(std::move(problem));
    protect(response, html ? Audience::customer : route.options.audience, serving_.styles);
    co_return response;
}

Response Connection::refuse(Problem problem) const {
    const Request& request = parser_->request;
    const bool html = prefers_html(request);
    Response response = html ? to_page(problem) : to_response(std::move(problem));
    protect(response, html ? Audience::customer : Audience::api, serving_.styles);
    return response;
}

flow::Task<bool> Connection::answer(const Response& response, bool close) {
    ++serving_.counters.answers[std::min(response.status / 100, 5U)];
    const bool parsed = parser_.has_value();
    const bool head_only = parsed && parser_->request.method == Method::head;
    const bool http10 = parsed && parser_->got_some() && parser_->version() < 11;
    if (response.stream != nullptr && !head_only) {
        auto streaming = stream(response);
        co_await std::move(streaming);
        co_return false;
    }
    out_.clear();
    append_head(out_, response, {serving_.date, close, http10, false, false, transport_rule_});
    std::string_view body =
        head_only || response.status == 204 || response.status == 304 ? std::string_view{} : response.body;
    if (body.size() <= kCopiedBody) {
        out_ += body;
        body = {};
    }
    const bool sent = co_await write(out_, body);
    if (sent && close) co_await linger();
    co_return sent;
}

/// The kernel takes almost every answer at once; only what is left has to wait.
flow::Task<bool> Connection::write(std::string_view head, std::string_view body) {
    enter(Phase::writing);
    while (!head.empty() || !body.empty()) {
        boost::system::error_code error;
        const std::size_t taken = line_.write_some(head, body, error);
        const std::size_t of_head = std::min(taken, head.size());
        head.remove_prefix(of_head);
        body.remove_prefix(taken - of_head);
        if (error == asio::error::would_block) {
            auto waiting = line_.wait_for_room(error_);
            co_await std::move(waiting);
            error = error_;
            deadline_ = serving_.in(serving_.options.patience.writing);
        }
        if (error) {
            close();
            co_return false;
        }
    }
    co_return true;
}

/// Each piece is written before the next is asked for: a slow reader holds up nobody but himself. The last
/// chunk is only for what is whole, so that half of an export is never taken for all of it.
flow::Task<void> Connection::stream(const Response& response) {
    const bool chunked = parser_->version() >= 11;
    out_.clear();
    append_head(out_, response, {serving_.date, true, false, true, chunked, transport_rule_});
    bool open = co_await write(out_, {}), whole = false;
    stream_ = response.stream;
    while (open && !whole && !serving_.draining) {
        enter(Phase::streaming);
        auto waiting = stream_->next();
        std::optional<std::string> piece = co_await std::move(waiting);
        if (phase_ != Phase::streaming || (!piece && stream_->cut_off())) break;
        whole = !piece;
        if (whole && !chunked) break;
        if (piece && piece->empty()) continue;  // as a chunk it would be the last
        out_.clear();
        if (chunked) append_chunk_size(out_, piece ? piece->size() : 0);
        if (chunked) (piece ? *piece : piece.emplace()) += "\r\n";
        open = co_await write(out_, *piece);
    }
    stream_.reset();
    if (open) co_await linger();
}

/// Closing with unread bytes in the kernel resets the connection, and the client may lose the answer it was
/// sent.
flow::Task<void> Connection::linger() {
    if (phase_ == Phase::closed) co_return;
    enter(Phase::lingering);
    line_.end();
    std::size_t forgotten = 0;
    error_ = {};
    while (!error_ && forgotten < kLingerBytes) {
        buffer_.clear();
        const auto space = buffer_.prepare(kSmallRead);
        auto reading = line_.read_raw(space, error_);
        const std::size_t count = co_await std::move(reading);
        forgotten += count;
    }
    close();
}

void Connection::enter(Phase phase) {
    if (phase_ == phase || phase_ == Phase::closed) return;
    phase_ = phase;
    const Patience& patience = serving_.options.patience;
    switch (phase) {
        case Phase::idle:
            deadline_ = serving_.in(patience.idle);
            break;
        case Phase::header:
            deadline_ = serving_.in(patience.header);
            break;
        case Phase::body:
            deadline_ = serving_.in(patience.body);
            break;
        case Phase::handling:
        case Phase::abandoned:
            deadline_ = serving_.in(patience.handler);
            break;
        case Phase::writing:
            deadline_ = serving_.in(patience.writing);
            break;
        case Phase::streaming:
            deadline_ = SteadyTime::max();
            break;
        case Phase::lingering:
        case Phase::closed:
            deadline_ = serving_.in(patience.linger);
            break;
    }
}

void Connection::expire() {
    if (phase_ == Phase::closed || serving_.now < deadline_) return;
    ++serving_.counters.timeouts;
    switch (phase_) {
        case Phase::header:
        case Phase::body:
            say_at_once(408, "the request did not arrive in time");
            // The coroutine is reading; it meets this phase when it wakes.
            return enter(Phase::lingering);
        case Phase::handling:
            say_at_once(
                504,
                "the work takes longer than expected and may still be done; ask again before repeating it");
            return enter(Phase::abandoned);
        default:
            close();
            deadline_ = SteadyTime::max();
    }
}

/// From outside the connection's coroutine, in a phase in which it writes nothing. What the kernel does not
/// take is lost.
void Connection::say_at_once(unsigned status, std::string detail) {
    ++serving_.counters.answers[status / 100];
    Response response = to_response(plain_problem(status, std::move(detail)));
    protect_api(response);
    std::string bytes;
    append_head(bytes, response, {serving_.date, true, false});
    bytes += response.body;
    boost::system::error_code ignored;
    line_.write_some(bytes, {}, ignored);
    line_.end();
}

void Connection::drain() {
    if (stream_ != nullptr) stream_->end();
    if (phase_ == Phase::idle) close();
}

void Connection::abort() {
    if (stream_ != nullptr) stream_->end();
    close();
}

void Connection::close() {
    // A handler that is still running finds its connection closed, and what it answers goes nowhere.
    phase_ = phase_ == Phase::handling    ? Phase::abandoned
             : phase_ == Phase::abandoned ? phase_
                                          : Phase::closed;
    line_.close();
}

}  // namespace candour::http
