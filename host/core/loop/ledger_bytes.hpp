/// The bytes that a ledger row's hash is taken over. Whoever checks an exported ledger needs this and
/// SHA-256.
///
///     field   := length (8 bytes, big-endian) bytes
///     row     := item_id n round event actor_id at_us prev content_digest      (each a field; numbers in
///     decimal text) hash    := SHA-256(row)                      prev of n = 1 is 32 zero bytes
///     content_digest := HMAC-SHA-256(key, content) with 32 random bytes of key kept beside the content;
///                       content is the JSON object of its fields, keys sorted, no white space
#pragma once
#include <string>
#include <string_view>

#include "core/instant.hpp"
#include "core/loop/state.hpp"

namespace candour::core {

struct LedgerRow {
    std::string item_id;
    int n = 0;
    int round = 0;
    std::string event;
    std::string actor_id;
    std::int64_t at_us = 0;
    std::string prev;            ///< 32 bytes
    std::string content_digest;  ///< 32 bytes
};

std::string ledger_bytes(const LedgerRow& row);

}  // namespace candour::core
