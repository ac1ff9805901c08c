/// New identifiers: six bytes of milliseconds, then ten random bytes.
#pragma once
#include "candour/ids.hpp"
#include "core/instant.hpp"

namespace candour::crypto {

IdBytes new_id_bytes(core::Instant now);

template <class AnyId>
AnyId new_id(core::Instant now) {
    return AnyId(new_id_bytes(now));
}

}  // namespace candour::crypto
