/// From sending a command to its event at a subscribed client, with the real host on both databases:
/// `event_latency BUILD [NOTES]`.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <thread>

#include "bench/bench_host.hpp"
#include "support/postgres_server.hpp"

namespace candour::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// Hears the host's events on a connection and a thread of its own.
class Listener {
 public:
    explicit Listener(const BenchHost& host)
        : client_(*http::Client::at(host.url(),
                                    {.bearer_token = host.token(), .timeout = std::chrono::minutes(10)})),
          thread_([this] { listen(); }) {
        wait_for("retry: ");  // the host's first line: from now on nothing is missed
    }
    ~Listener() { thread_.join(); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// The next event is the last one.
    void leave() { leaving_ = true; }
    /// When `words` had come in. Throws after ten seconds.
    SteadyClock::time_point wait_for(const std::string& words) {
        std::unique_lock lock(mutex_);
        const bool came = arrived_.wait_for(lock, std::chrono::seconds(10),
                                            [&] { return heard_.find(words) != std::string::npos; });
        if (!came) throw std::runtime_error("no event with \"" + words + "\" came; the host said: " + heard_);
        heard_.clear();
        return at_;
    }

 private:
    void listen() {
        http::ClientRequest request;
        request.target = "/api/v1/events";
        (void)client_.listen(request, [this](std::string_view piece) {
            const std::scoped_lock lock(mutex_);
            at_ = SteadyClock::now();
            heard_ += piece;
            arrived_.notify_all();
            return !leaving_;
        });
    }

    http::Client client_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::string heard_;
    SteadyClock::time_point at_;
    std::atomic<bool> leaving_ = false;
    std::thread thread_;
};

/// An unhappy answer by a personal link is item LP-1.
void raise(BenchHost& host) {
    const std::string answer = host.personal_answers(1).front();
    const std::size_t space = answer.find(' ');
    host.post(answer.substr(0, space), answer.substr(space + 1), "application/x-www-form-urlencoded");
}

/// Returns when it was sent.
SteadyClock::time_point write_note(const BenchHost& host, const std::string& words) {
    const std::string item = "/api/v1/items/LP-1";
    const http::ClientAnswer seen = host.call({http::Method::get, item, {}, {}, {}});
    const SteadyClock::time_point sent = SteadyClock::now();
    host.call({http::Method::post,
               item + "/note",
               R"({"text":")" + words + R"("})",
               "application/json",
               {{"If-Match", std::string(seen.headers.get("ETag"))}}});
    return sent;
}

void measure(const char* name, BenchHost& host, int notes) {
    raise(host);
    Listener listener(host);
    std::vector<double> ms;
    for (int i = 0; i < notes; ++i) {
        const auto sent = write_note(host, "note " + std::to_string(i));
        const auto came = listener.wait_for("\"event\":\"noted\"");
        ms.push_back(std::chrono::duration<double, std::milli>(came - sent).count());
    }
    std::sort(ms.begin(), ms.end());
    std::printf("%-12s %d notes: from sending to the event  p50 %5.1f ms   p99 %5.1f ms   goal 100 ms\n",
                name, notes, ms[ms.size() / 2], ms[ms.size() * 99 / 100]);
    listener.leave();
    write_note(host, "the last one lets the listener go");
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    const std::filesystem::path build = count > 1 ? arguments[1] : "build";
    const int notes = count > 2 ? std::max(1, std::atoi(arguments[2])) : 200;
    try {
        {
            bench::BenchHost sqlite(build, "");
            bench::measure("SQLite", sqlite, notes);
        }
        support::PostgresServer server({.durable = true});
        bench::BenchHost postgresql(build, server.url());
        bench::measure("PostgreSQL", postgresql, notes);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "event_latency: %s\n", failure.what());
        return 1;
    }
}
