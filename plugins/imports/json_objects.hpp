/// JSON objects one after the other: the elements of a list, or JSON Lines. Each is a text of its own, so
/// that a file of any length needs no memory.
#pragma once
#include <functional>
#include <string_view>

#include "candour/result.hpp"

namespace candour::imports {

/// Hands over each whole object. Returns how many bytes were used up. Errors: invalid when something else
/// stands there.
Result<std::size_t> each_object(std::string_view text, bool last,
                                const std::function<void(std::string_view)>& take);

}  // namespace candour::imports
