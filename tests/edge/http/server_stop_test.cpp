#include <gtest/gtest.h>

#include "edge/http/server.hpp"
#include "running_server.hpp"

namespace candour::http {
namespace {

using namespace std::chrono_literals;

const char* const kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

/// One request waits in the handler; another client is idle.
struct BusyServer {
    Gate* gate = nullptr;
    RunningServer server{with(Method::get, "/", [this](Request) -> flow::Task<Response> {
        co_await gate->pass();
        co_return Response::text(200, "worth the wait");
    })};
    Gate real{server.io()};
    RawClient busy{server.port()};
    RawClient idle{server.port()};

    BusyServer() {
        gate = &real;
        busy.send(kGet);
        while (server.ask([this] { return real.waiting(); }) == 0) std::this_thread::yield();
    }
};

TEST(Stop, AnswersWhatHasBegunAndClosesWhatIsIdle) {
    BusyServer house;
    std::future<std::size_t> stopped = house.server.begin_stop(kTooLong);
    EXPECT_TRUE(house.idle.is_closed_by_server());
    house.server.ask([&house] { house.real.open(); });
    const RawAnswer answer = house.busy.read();
    EXPECT_EQ(answer.body, "worth the wait");
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(house.busy.is_closed_by_server());
    house.busy.finish_sending();
    EXPECT_EQ(stopped.get(), 0u);
}

TEST(Stop, AcceptsNobodyAnyMore) {
    RunningServer server{Router{}};
    const std::uint16_t port = server.port();
    server.stop(0ms);
    EXPECT_THROW(RawClient{port}, boost::system::system_error);
}

TEST(Stop, CutsOffWhatOutlastsItsGraceAndSaysHowMuch) {
    BusyServer house;
    EXPECT_EQ(house.server.stop(1ms), 1u);
    EXPECT_TRUE(house.busy.is_closed_by_server());
    house.server.ask([&house] { house.real.open(); });
    EXPECT_TRUE(house.server.comes_true([](const Counters& counters) { return counters.open == 0; }));
}

TEST(Stop, OfAnEmptyServerNeedsNoTime) {
    RunningServer server{Router{}};
    EXPECT_EQ(server.stop(kTooLong), 0u);
}

}  // namespace
}  // namespace candour::http
