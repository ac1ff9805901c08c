/// What somebody probably meant who typed a name that does not exist.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace candour::app {

/// The known name that is fewest typing mistakes away; empty when none is close enough to be worth a
/// suggestion.
std::string nearest(std::string_view typed, std::span<const std::string> known);

}  // namespace candour::app
