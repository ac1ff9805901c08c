/// The no-op that durable answers are compared with: the real server, a POST route that does nothing.
///     http_noop PORT        then: wrk -t1 -c64 -d3s -s post.lua http://127.0.0.1:PORT/
#include <cstdlib>

#include "edge/http/server.hpp"

namespace {

using namespace candour;

flow::Task<http::Response> answer_nothing(http::Request) {
    co_return http::Response::empty();
}

}  // namespace

int main(int count, char** arguments) {
    boost::asio::io_context io(1);
    http::Router router;
    router.add(http::Method::post, "/", answer_nothing);
    http::ServerOptions options;
    options.port = static_cast<std::uint16_t>(count > 1 ? std::atoi(arguments[1]) : 18080);
    http::Server server(io, router, options);
    if (!server.listen()) return 1;
    server.start();
    io.run();
}
