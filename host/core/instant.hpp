/// Time as the domain sees it: instants in UTC, given from outside. Core never looks at a clock.
#pragma once
#include <chrono>
#include <cstdint>

namespace candour::core {

/// Microseconds since 1970-01-01 UTC; what the database stores.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

constexpr std::int64_t to_us(Instant at) {
    return at.time_since_epoch().count();
}
constexpr Instant from_us(std::int64_t us) {
    return Instant{std::chrono::microseconds{us}};
}
/// The instant that means "never happened".
inline constexpr Instant kNever{};
constexpr bool happened(Instant at) {
    return at != kNever;
}

}  // namespace candour::core
