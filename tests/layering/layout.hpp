/// What stands where in the repository.
#pragma once
#include "layering/source.hpp"

namespace candour::layering {

/// Something at the top that was not agreed, or something agreed that is missing; each folder there explains
/// itself.
Violations untidy_top_level(const std::filesystem::path& root);
/// A migration of one dialect without its twin in the other, a name out of order, a number used twice or left
/// out.
Violations lonely_migrations(const std::filesystem::path& root);

}  // namespace candour::layering
