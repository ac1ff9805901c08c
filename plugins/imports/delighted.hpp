/// Responses as Delighted's API gave them: JSON objects with the person inside.
#pragma once
#include <string_view>

#include "response.hpp"

namespace candour::imports {

/// Errors: invalid, why it is refused.
Result<Response> delighted_response(const Wish& wish, std::string_view object, std::int64_t number);

}  // namespace candour::imports
