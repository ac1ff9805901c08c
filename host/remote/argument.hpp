/// One codec for each type that a slot of abi.h may have, and none for any other: a slot with a type that is
/// not here does not compile, so that whatever can be called in process can be called in a worker too.
///
/// `send` and `receive` are the caller's: before the call, and after it succeeded. `Held` is the callee's
/// copy: read from the request, given to the slot, written into the reply.
#pragma once
#include <string>

#include "candour/abi.h"
#include "candour/border.hpp"
#include "remote/body.hpp"

namespace candour::remote {

template <class T>
struct Argument;  // undefined outside the closed set of abi.h, R2

/// What only goes in.
template <class Number>
struct NumberIn {
    static void send(BodyWriter& out, Number value) { out.number(value); }
    static void receive(BodyReader&, Number) {}
    struct Held {
        Number value{};
        void read(BodyReader& in) { value = in.number<Number>(); }
        Number given() const { return value; }
        void write(BodyWriter&) const {}
    };
};
template <>
struct Argument<std::uint32_t> : NumberIn<std::uint32_t> {};
template <>
struct Argument<std::uint64_t> : NumberIn<std::uint64_t> {};
template <>
struct Argument<std::int64_t> : NumberIn<std::int64_t> {};

template <class View>
struct ViewIn {
    static void send(BodyWriter& out, View value) { out.text(sdk::from_view(value)); }
    static void receive(BodyReader&, View) {}
    struct Held {
        View value{};
        void read(BodyReader& in) {
            const std::string_view bytes = in.text();
            if constexpr (std::is_same_v<View, cdr_str>)
                value = sdk::to_view(bytes);
            else
                value = sdk::to_bytes(bytes);
        }
        View given() const { return value; }
        void write(BodyWriter&) const {}
    };
};
template <>
struct Argument<cdr_str> : ViewIn<cdr_str> {};
template <>
struct Argument<cdr_bytes> : ViewIn<cdr_bytes> {};

template <>
struct Argument<const cdr_call*> {
    static void send(BodyWriter& out, const cdr_call* value) {
        const cdr_call call = value != nullptr ? *value : cdr_call{};
        out.number(call.attempt);
        out.number(call.call_id);
        out.number(call.deadline_unix_us);
    }
    static void receive(BodyReader&, const cdr_call*) {}
    struct Held {
        cdr_call value{};
        void read(BodyReader& in) {
            value.struct_size = sizeof(cdr_call);
            value.attempt = in.number<std::uint32_t>();
            value.call_id = in.number<std::uint64_t>();
            value.deadline_unix_us = in.number<std::int64_t>();
        }
        const cdr_call* given() const { return &value; }
        void write(BodyWriter&) const {}
    };
};

/// What only comes back.
template <class Number>
struct NumberOut {
    static void send(BodyWriter&, Number*) {}
    static void receive(BodyReader& in, Number* value) {
        const auto found = in.number<Number>();
        if (value != nullptr && in.good()) *value = found;
    }
    struct Held {
        Number value{};
        void read(BodyReader&) {}
        Number* given() { return &value; }
        void write(BodyWriter& out) const { out.number(value); }
    };
};
template <>
struct Argument<std::uint32_t*> : NumberOut<std::uint32_t> {};
template <>
struct Argument<std::uint64_t*> : NumberOut<std::uint64_t> {};
template <>
struct Argument<std::int64_t*> : NumberOut<std::int64_t> {};

template <>
struct Argument<cdr_buf*> {
    static void send(BodyWriter&, cdr_buf*) {}
    static void receive(BodyReader& in, cdr_buf* value) {
        const std::string_view bytes = in.text();
        if (value != nullptr && in.good()) *value = sdk::hand_over(std::string(bytes));
    }
    struct Held {
        sdk::Buffer value;
        void read(BodyReader&) {}
        cdr_buf* given() { return value.out(); }
        void write(BodyWriter& out) const { out.text(value.view()); }
    };
};

/// The last one of every slot; it crosses only when the call failed.
template <>
struct Argument<cdr_error*> {
    static void send(BodyWriter&, cdr_error*) {}
    static void receive(BodyReader& in, cdr_status status, cdr_error* value) {
        const auto retry_after_ms = in.number<std::uint32_t>();
        const std::string_view message = in.text();
        if (value == nullptr || !in.good()) return;
        sdk::report(value, sdk::to_code(status), message);
        if (CDR_HAS(value, retry_after_ms)) value->retry_after_ms = retry_after_ms;
    }
    struct Held {
        cdr_error value{};
        Held() { value.struct_size = sizeof(cdr_error); }
        Held(const Held&) = delete;
        Held& operator=(const Held&) = delete;
        ~Held() {
            if (value.message.release != nullptr) value.message.release(&value.message);
        }
        void read(BodyReader&) {}
        cdr_error* given() { return &value; }
        void write(BodyWriter& out) const {
            out.number(value.retry_after_ms);
            out.text(sdk::from_view(value.message));
        }
    };
};

}  // namespace candour::remote
