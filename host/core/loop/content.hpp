/// Reading what a ledger event says; what it does not say, or what was erased, reads as empty.
#pragma once
#include "core/loop/item.hpp"

namespace candour::core {

std::string text_of(const Content& content, const char* key);
/// Written as microseconds since 1970.
Instant instant_of(const Content& content, const char* key);

}  // namespace candour::core
