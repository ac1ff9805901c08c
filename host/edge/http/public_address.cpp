#include "edge/http/public_address.hpp"

#include <algorithm>
#include <array>

namespace candour::http {

namespace ip = boost::asio::ip;

namespace {

struct Block {
    std::uint32_t from;
    int bits;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0, std::uint32_t d = 0) {
    return a << 24 | b << 16 | c << 8 | d;
}

/// What the IANA registry of special-purpose addresses does not call globally reachable.
constexpr std::array kSpecial{
    Block{v4(0, 0), 8},         Block{v4(10, 0), 8},      Block{v4(100, 64), 10},
    Block{v4(127, 0), 8},       Block{v4(169, 254), 16},  Block{v4(172, 16), 12},
    Block{v4(192, 0, 0), 24},   Block{v4(192, 0, 2), 24}, Block{v4(192, 88, 99), 24},
    Block{v4(192, 168), 16},    Block{v4(198, 18), 15},   Block{v4(198, 51, 100), 24},
    Block{v4(203, 0, 113), 24}, Block{v4(224, 0), 4},     Block{v4(240, 0), 4},
};

bool is_public_v4(std::uint32_t address) {
    return std::ranges::none_of(
        kSpecial, [&](const Block& block) { return (address ^ block.from) >> (32 - block.bits) == 0; });
}

std::uint32_t v4_at(const ip::address_v6::bytes_type& bytes, std::size_t at) {
    return v4(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool starts_with(const ip::address_v6::bytes_type& bytes, std::initializer_list<unsigned char> beginning) {
    return std::equal(beginning.begin(), beginning.end(), bytes.begin());
}

bool is_public_v6(const ip::address_v6::bytes_type& bytes) {
    if (starts_with(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
        return is_public_v4(v4_at(bytes, 12));
    if ((bytes[0] & 0xe0) != 0x20) return false;                                 // outside 2000::/3
    if (starts_with(bytes, {0x20, 0x02})) return is_public_v4(v4_at(bytes, 2));  // 6to4
    if (starts_with(bytes, {0x20, 0x01}) && bytes[2] < 2) return false;  // 2001::/23: Teredo and other uses
    if (starts_with(bytes, {0x20, 0x01, 0x0d, 0xb8})) return false;      // documentation
    return !(starts_with(bytes, {0x3f, 0xff}) && bytes[2] < 0x10);       // documentation, 3fff::/20
}

}  // namespace

bool is_public(const ip::address& address) {
    if (address.is_v4()) return is_public_v4(address.to_v4().to_uint());
    const ip::address_v6 six = address.to_v6();
    if (six.is_v4_mapped()) return is_public_v4(v4_at(six.to_bytes(), 12));
    return is_public_v6(six.to_bytes());
}

}  // namespace candour::http
