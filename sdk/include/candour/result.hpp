/// What can happen in a healthy system is a value: a `T`, or an `Error` from one closed list.
/// The codes are those of `candour/abi.h` (CDR_E_…), so an error keeps its meaning across the plugin border.
#ifndef CANDOUR_RESULT_HPP
#define CANDOUR_RESULT_HPP
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace candour {

enum class ErrorCode : std::int32_t {
    invalid = 1,  ///< the caller's fault; do not retry
    not_found = 2,
    conflict = 3,  ///< somebody was faster, or the step does not follow
    denied = 4,
    unsupported = 5,
    unavailable = 6,  ///< retryable
    deadline = 7,
    cancelled = 8,
    exhausted = 9,  ///< quota or back-pressure; retryable
    corrupt = 10,
    internal = 11,
};

constexpr std::string_view to_text(ErrorCode code) {
    constexpr std::string_view names[] = {"invalid",     "not_found",   "conflict", "denied",
                                          "unsupported", "unavailable", "deadline", "cancelled",
                                          "exhausted",   "corrupt",     "internal"};
    const auto index = static_cast<std::int32_t>(code) - 1;
    return index >= 0 && index < 11 ? names[index] : "internal";
}

/// The message says what was expected, what was found, and where.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
    friend bool operator==(const Error&, const Error&) = default;
};

/// A value or the reason there is none. Default-constructed it is an error: a coroutine that throws
/// leaves one behind in Boost 1.81, and that must not look like success.
template <class T>
class [[nodiscard]] Result {
 public:
    Result() : state_(Error{ErrorCode::internal, "no result was produced"}) {}
    Result(T value) : state_(std::move(value)) {}
    Result(Error error) : state_(std::move(error)) {}
    /// What a T can be made of, so that `return "words";` does what it says.
    template <class Like>
    requires(std::convertible_to<Like&&, T> && !std::same_as<std::remove_cvref_t<Like>, T> &&
             !std::same_as<std::remove_cvref_t<Like>, Error> &&
             !std::same_as<std::remove_cvref_t<Like>, Result>) Result(Like&& like)
        : state_(T(std::forward<Like>(like))) {}

    explicit operator bool() const { return std::holds_alternative<T>(state_); }
    T& operator*() & { return std::get<T>(state_); }
    const T& operator*() const& { return std::get<T>(state_); }
    T&& operator*() && { return std::get<T>(std::move(state_)); }
    T* operator->() { return &std::get<T>(state_); }
    const T* operator->() const { return &std::get<T>(state_); }
    const Error& error() const { return std::get<Error>(state_); }
    T value_or(T other) const { return *this ? std::get<T>(state_) : std::move(other); }

 private:
    std::variant<T, Error> state_;
};

struct Nothing {
    friend bool operator==(Nothing, Nothing) = default;
};
/// A step that yields no value can still fail.
using Done = Result<Nothing>;
inline Done done() {
    return Nothing{};
}

}  // namespace candour
#endif
