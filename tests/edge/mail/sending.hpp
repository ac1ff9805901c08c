/// Sending in tests: messages, promises that are noted down, and a loop that runs until every outcome is
/// there.
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include "edge/mail/submission.hpp"
#include "support/mail/scripted_server.hpp"

namespace candour::mail {

namespace asio = boost::asio;

inline flow::Outgoing message(unsigned number, std::string recipient = "dele@moss.example") {
    flow::Outgoing out;
    out.id = MessageId(IdBytes{static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)});
    out.channel = "mail";
    out.sender = "loop@halden.example";
    out.recipient = std::move(recipient);
    out.content = "Message-ID: <" + out.id.text() + "@halden.example>\r\nSubject: " + std::to_string(number) +
                  "\r\n\r\n.hello\r\n";
    return out;
}

/// Short, so that a server that hangs costs a test little; every wait that ends well ends sooner.
inline SubmissionConfig config_for(std::uint16_t port) {
    SubmissionConfig config;
    config.port = port;
    config.sessions = 1;
    config.deadlines = {.connect = std::chrono::seconds{5},
                        .write = std::chrono::seconds{5},
                        .reply = std::chrono::seconds{5},
                        .final_reply = std::chrono::seconds{5},
                        .idle = std::chrono::milliseconds{20},
                        .queue = std::chrono::seconds{20}};
    return config;
}

class Sending : public ::testing::Test {
 protected:
    ~Sending() override { finish(); }

    void use(SubmissionConfig config) {
        submission_ = std::make_unique<Submission>(io_.get_executor(), std::move(config));
    }

    /// Lives until the last session has gone.
    support::ScriptedServer& serve(std::vector<support::Script> scripts) {
        return *servers_.emplace_back(std::make_unique<support::ScriptedServer>(io_, std::move(scripts)));
    }

    /// Starts a delivery. Its outcome is at the same place in `outcomes_`.
    void send(flow::Outgoing message, flow::PointOfNoReturn before) {
        const std::size_t place = outcomes_.size();
        outcomes_.emplace_back();
        asio::co_spawn(io_.get_executor(), submission_->deliver(std::move(message), std::move(before)),
                       [this, place](std::exception_ptr thrown, flow::Outcome outcome) {
                           EXPECT_FALSE(thrown);
                           outcomes_[place] = std::move(outcome);
                           ++settled_;
                       });
    }
    void send(flow::Outgoing message) {
        send(std::move(message), [this] { return promise(&promised_); });
    }

    static flow::Task<Done> promise(int* promised) {
        ++*promised;
        co_return done();
    }

    void run_until_settled() {
        const auto enough = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (settled_ < outcomes_.size() && std::chrono::steady_clock::now() < enough)
            io_.run_one_for(std::chrono::seconds{1});
        ASSERT_EQ(settled_, outcomes_.size()) << "a delivery has no outcome";
    }
    const flow::Outcome& outcome(std::size_t place = 0) const { return *outcomes_.at(place); }

    /// Lets sessions say good-bye. A session that is left over after that is a leak.
    void finish() {
        if (submission_) submission_->stop();
        for (const auto& server : servers_) server->stop_accepting();
        io_.run_for(std::chrono::seconds{10});
        EXPECT_TRUE(io_.stopped()) << "something still waits after stop()";
        io_.restart();
    }

    asio::io_context io_{1};
    std::vector<std::unique_ptr<support::ScriptedServer>> servers_;
    std::unique_ptr<Submission> submission_;
    std::vector<std::optional<flow::Outcome>> outcomes_;
    std::size_t settled_ = 0;
    int promised_ = 0;
};

}  // namespace candour::mail
