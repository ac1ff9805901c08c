#include "core/delivery/message.hpp"

#include <algorithm>
#include <array>

namespace candour::core {

std::optional<std::chrono::microseconds> back_off(int attempts, std::chrono::microseconds since) {
    using namespace std::chrono_literals;
    constexpr std::array<std::chrono::minutes, 4> waits{5min, 15min, 60min, 240min};
    if (since >= 48h) return std::nullopt;
    const auto index = static_cast<std::size_t>(std::clamp(attempts, 1, 4) - 1);
    return std::chrono::microseconds(waits[index]);
}

}  // namespace candour::core
