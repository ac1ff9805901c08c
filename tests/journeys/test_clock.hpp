/// The hands of a host's clock: it was started with --test-clock and stands still until somebody moves it.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>

namespace candour::journeys {

class TestClock {
 public:
    explicit TestClock(std::filesystem::path socket) : socket_(std::move(socket)) {}

    std::chrono::microseconds now() const { return ask("now"); }
    void set(std::chrono::microseconds since_1970) const { ask("set " + std::to_string(since_1970.count())); }
    void advance(std::chrono::microseconds by) const { ask("advance " + std::to_string(by.count())); }

 private:
    /// One line there, one line back. Throws runtime_error when nobody answers.
    std::chrono::microseconds ask(const std::string& line) const;
    std::filesystem::path socket_;
};

}  // namespace candour::journeys
