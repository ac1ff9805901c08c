/// What every slot does before its own work, and what arguments must be.
#pragma once
#include <string>
#include <string_view>

#include "candour/border.hpp"
#include "edge/plugin/door_slots.hpp"
#include "edge/plugin/text.hpp"

namespace candour::plugin {

inline constexpr std::size_t kMaxKey = 200;            // bytes
inline constexpr std::size_t kMaxValue = 1024 * 1024;  // bytes: a document, not a file

inline Error bad(std::string_view what, std::string_view expected) {
    return Error{ErrorCode::invalid, std::string(what) + ": expected " + std::string(expected)};
}

inline Done check_key(std::string_view what, std::string_view key) {
    if (key.empty() || key.size() > kMaxKey || !is_text(key))
        return bad(what, "1 to 200 bytes of UTF-8 without NUL");
    return done();
}

inline Done check_document(std::string_view what, std::string_view text) {
    if (text.size() > kMaxValue || !is_text(text)) return bad(what, "up to 1 MiB of UTF-8 without NUL");
    return done();
}

inline bool is_stream(std::string_view name) {
    bool start = true;
    for (const char c : name) {
        const bool letter = c >= 'a' && c <= 'z', more = (c >= '0' && c <= '9') || c == '_';
        if (c == '.' ? start : start ? !letter : !letter && !more) return false;
        start = c == '.';
    }
    return !start && name.size() <= kMaxKey;
}

/// Checks the plugin's state and its grant, and keeps every exception on this side.
template <class Body>
cdr_status Door::Slots::serve(void* ctx, std::string_view slot, std::string_view capability,
                              bool needs_serving, cdr_error* error, Body body) {
    return sdk::guard(error, [&]() -> cdr_status {
        Door& door = *static_cast<Door*>(ctx);
        if (const auto refused = door.refusal(slot, capability, needs_serving))
            return sdk::report(error, *refused);
        const Done served = body(door);
        return served ? CDR_OK : sdk::report(error, served.error());
    });
}

}  // namespace candour::plugin
