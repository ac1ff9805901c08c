#include "crypto/id_source.hpp"

#include <algorithm>

#include "crypto/digest.hpp"

namespace candour::crypto {
namespace {

constexpr std::size_t kPool = 4096;

/// A call into the generator costs microseconds; ids are wanted thousands of times a second.
std::string take_random(std::size_t count) {
    thread_local std::string pool;
    if (pool.size() < count) pool = random_bytes(kPool);
    std::string taken = pool.substr(pool.size() - count);
    pool.resize(pool.size() - count);
    return taken;
}

}  // namespace

IdBytes new_id_bytes(core::Instant now) {
    IdBytes bytes{};
    auto ms = static_cast<std::uint64_t>(core::to_us(now) / 1000);
    for (std::size_t i = 6; i-- > 0; ms >>= 8U) bytes[i] = static_cast<std::uint8_t>(ms & 255U);
    const std::string noise = take_random(10);
    std::copy(noise.begin(), noise.end(), bytes.begin() + 6);
    return bytes;
}

}  // namespace candour::crypto
