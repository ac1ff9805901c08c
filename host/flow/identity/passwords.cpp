#include "flow/identity/passwords.hpp"

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <memory>

#include "crypto/password.hpp"

namespace candour::flow {
namespace {

/// Some four seconds of work. Whoever comes then is told to come again, instead of waiting for ever.
constexpr int kPasswordsWaiting = 40;
constexpr std::size_t kShortestPassword = 10, kLongestPassword = 512;
constexpr const char* kFits = "fits";

std::string in_lower_case(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

}  // namespace

Task<Result<std::string>> Passwords::run(std::function<std::string()> work) {
    if (waiting_ >= kPasswordsWaiting)
        co_return Error{ErrorCode::exhausted,
                        "too many people are signing in at once; try again in a moment"};
    ++waiting_;
    auto initiate = [this](auto handler, std::function<std::string()> task) {
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        boost::asio::post(thread_, [this, resume, task = std::move(task)] {
            auto outcome = std::make_shared<Result<std::string>>();
            try {
                *outcome = task();
            } catch (const std::exception& reason) {
                *outcome = Error{ErrorCode::unavailable, std::string("passwords: ") + reason.what()};
            }
            boost::asio::post(io_, [resume, outcome] { std::move (*resume)(std::move(*outcome)); });
        });
    };
    auto pending = asio::async_initiate<const asio::use_awaitable_t<Executor>&, void(Result<std::string>)>(
        std::move(initiate), use_task, std::move(work));
    Result<std::string> outcome = co_await std::move(pending);
    --waiting_;
    co_return outcome;
}

Task<Result<std::string>> Passwords::hash(std::string password) {
    return run([password = std::move(password)] { return crypto::hash_password(password); });
}

Task<Result<bool>> Passwords::fits(std::string password, std::string hash) {
    std::function<std::string()> work = [password = std::move(password), hash = std::move(hash)] {
        if (!hash.empty()) return std::string(crypto::is_password(hash, password) ? kFits : "");
        crypto::hash_password(password);
        return std::string();
    };
    auto trying = run(std::move(work));
    const Result<std::string> outcome = co_await std::move(trying);
    if (!outcome) co_return outcome.error();
    co_return *outcome == kFits;
}

Done check_password(const std::string& password, const std::string& email, const std::string& name) {
    if (password.size() < kShortestPassword || password.size() > kLongestPassword)
        return Error{ErrorCode::invalid, "password: expected " + std::to_string(kShortestPassword) + " to " +
                                             std::to_string(kLongestPassword) +
                                             " characters, such as four words in a row; found " +
                                             std::to_string(password.size())};
    const std::string plain = in_lower_case(password);
    const bool one_letter = plain.find_first_not_of(plain.front()) == std::string::npos;
    const bool own = plain == in_lower_case(email) || plain == in_lower_case(name) ||
                     plain == in_lower_case(email.substr(0, email.find('@')));
    if (one_letter || own || plain.find("password") != std::string::npos)
        return Error{
            ErrorCode::invalid,
            "password: expected something that others would not try first, such as four words in a row"};
    return done();
}

}  // namespace candour::flow
