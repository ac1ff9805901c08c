/// A real host on a database of its own, with a survey and people to answer it.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "edge/http/client.hpp"
#include "edge/http/form_guard.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour::bench {

class BenchHost {
 public:
    /// `build` holds bin/candour and plugins/. Throws runtime_error with what it said when it does not start.
    /// `sections` stand at the end of its configuration.
    BenchHost(const std::filesystem::path& build, const std::string& database_url,
              const std::string& sections = "");

    const std::string& url() const { return url_; }
    /// `count` answers to the open survey: a good score and no words.
    std::vector<std::string> open_answers(std::size_t count) const;
    /// `count` answers by personal links of 200 people; every tenth is unhappy, in words, and raises or joins
    /// an item.
    std::vector<std::string> personal_answers(std::size_t count);
    double cpu_seconds() const;
    int pid() const { return process_->pid(); }
    const std::string& database() const { return database_; }
    const std::string& token() const { return token_; }
    /// Throws runtime_error with the answer unless it is a success.
    http::ClientAnswer call(const http::ClientRequest& request) const;
    http::ClientAnswer post(const std::string& target, const std::string& body,
                            const std::string& type) const;

 private:
    void make(const std::string& sections);
    void start();
    std::string candour(std::vector<std::string> arguments) const;
    std::string press(const std::string& subject) const;

    std::filesystem::path build_;
    support::TempDir scratch_;
    std::string database_, url_, token_;
    std::unique_ptr<http::FormGuard> guard_;
    std::unique_ptr<support::Process> process_;
    std::vector<std::string> links_;     ///< paths /s/<token>
    std::vector<std::string> messages_;  ///< their message ids
};

}  // namespace candour::bench
