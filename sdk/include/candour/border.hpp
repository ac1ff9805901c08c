/// Between the C of abi.h and C++ values: views, owned buffers, errors. Used by both sides of the border;
/// compiled into whoever includes it, so that changing it breaks no binary.
#ifndef CANDOUR_BORDER_HPP
#define CANDOUR_BORDER_HPP
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "candour/abi.h"
#include "candour/result.hpp"

namespace candour::sdk {

inline cdr_str to_view(std::string_view text) {
    return {text.data(), text.size()};
}
inline cdr_bytes to_bytes(std::string_view bytes) {
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}
inline std::string_view from_view(cdr_str text) {
    return text.ptr ? std::string_view(text.ptr, text.len) : std::string_view();
}
inline std::string_view from_view(cdr_bytes bytes) {
    return bytes.ptr ? std::string_view(reinterpret_cast<const char*>(bytes.ptr), bytes.len)
                     : std::string_view();
}
inline std::string_view from_view(const cdr_buf& bytes) {
    return bytes.ptr ? std::string_view(reinterpret_cast<const char*>(bytes.ptr), bytes.len)
                     : std::string_view();
}

/// Hands text over: the receiver releases it. Empty text needs no memory.
inline cdr_buf hand_over(std::string text) {
    if (text.empty()) return {};
    auto* owned = new std::string(std::move(text));
    const auto release = [](cdr_buf* self) {
        delete static_cast<std::string*>(self->owner);
        *self = cdr_buf{};
    };
    return {reinterpret_cast<const std::uint8_t*>(owned->data()), owned->size(), release, owned};
}

/// A result that somebody else allocated: released when this goes out of scope.
class Buffer {
 public:
    Buffer() = default;
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() {
        if (raw_.release) raw_.release(&raw_);
    }
    cdr_buf* out() { return &raw_; }
    std::string_view view() const { return from_view(raw_); }
    std::string text() const { return std::string(view()); }

 private:
    cdr_buf raw_{};
};

/// Status to code: what neither side knows is internal.
inline ErrorCode to_code(cdr_status status) {
    return status >= CDR_E_INVALID && status <= CDR_E_INTERNAL ? static_cast<ErrorCode>(status)
                                                               : ErrorCode::internal;
}

/// The last argument of a call that may fail.
class Failure {
 public:
    Failure() { raw_.struct_size = sizeof raw_; }
    Failure(const Failure&) = delete;
    Failure& operator=(const Failure&) = delete;
    ~Failure() {
        if (raw_.message.release) raw_.message.release(&raw_.message);
    }
    cdr_error* out() { return &raw_; }
    Error take(cdr_status status) const {
        const std::string_view message = from_view(raw_.message);
        return Error{to_code(status), message.empty() ? "no reason was given" : std::string(message)};
    }

 private:
    cdr_error raw_{};
};

/// Tells the caller why, if the caller wants to know.
inline cdr_status report(cdr_error* out, ErrorCode code, std::string_view message) noexcept {
    const auto status = static_cast<cdr_status>(code);
    if (!out || !CDR_HAS(out, message)) return status;
    out->code = status;
    try {
        out->message = hand_over(std::string(message));
    } catch (...) {
        out->message = cdr_buf{};
    }
    return status;
}
inline cdr_status report(cdr_error* out, const Error& error) noexcept {
    return report(out, error.code, error.message);
}

/// The wall: runs `body`, which returns a cdr_status, and turns whatever it throws into a status and a
/// message.
template <class Body>
cdr_status guard(cdr_error* out, Body&& body) noexcept {
    try {
        return std::forward<Body>(body)();
    } catch (const std::bad_alloc&) {
        return report(out, ErrorCode::exhausted, "out of memory");
    } catch (const std::exception& e) {
        return report(out, ErrorCode::internal, e.what());
    } catch (...) {
        return report(out, ErrorCode::internal, "an exception that is no std::exception");
    }
}

}  // namespace candour::sdk
#endif
