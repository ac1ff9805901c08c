/// The host's log: structured lines on stderr, an item's id on every line that concerns it. Never a secret,
/// never the words of a customer.
#pragma once
#include <spdlog/spdlog.h>

#include <string>

namespace candour::log {

using spdlog::debug;
using spdlog::error;
using spdlog::info;
using spdlog::warn;

/// `level` is debug, info, warning or error; anything else means info.
void set_up(const std::string& level);

}  // namespace candour::log
