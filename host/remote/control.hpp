/// What the host tells a worker besides the calls of abi.h, in this order: confine yourself, load, create …
/// destroy.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "remote/body.hpp"
#include "remote/descriptor.hpp"

namespace candour::remote {

inline constexpr std::uint8_t kControl = 0;
enum class Order : std::uint16_t { confine = 0, load = 1, create = 2, destroy = 3 };

/// The descriptors of a worker when it begins.
inline constexpr int kSocketFd = 3, kLaneToWorkerFd = 4, kLaneToHostFd = 5;

/// Within which walls the plugin is loaded.
struct Confinement {
    bool sandbox = true;             ///< false: a process of its own, no more
    std::uint64_t memory_bytes = 0;  ///< of addresses beyond its own; 0: as many as there are
    std::vector<std::string> readable;
};
void write(BodyWriter& out, const Confinement& walls);
std::optional<Confinement> read_confinement(BodyReader& in);

/// How many threads call it, beside what manifest.json says.
struct LoadOrder {
    Expected expected;
    std::uint32_t threads = 1;
};
void write(BodyWriter& out, const LoadOrder& order);
std::optional<LoadOrder> read_load_order(BodyReader& in);

/// A bit for each slot of each role that the plugin serves, in the order of kRoles.
using RoleBits = std::array<std::uint64_t, 5>;

/// A status, and behind it a message unless it is CDR_OK.
void write_outcome(BodyWriter& out, const Done& outcome);
/// nullopt: malformed.
std::optional<Done> read_outcome(BodyReader& in);

}  // namespace candour::remote
