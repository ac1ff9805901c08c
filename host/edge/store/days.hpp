/// Civil days as the database counts them.
#pragma once
#include <cstdint>

namespace candour::store {

inline constexpr std::int64_t kDayUs = 86'400'000'000;  // microseconds

}  // namespace candour::store
