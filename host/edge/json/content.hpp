/// The content of a ledger event as canonical JSON: an object of strings, keys sorted, no white space.
/// The ledger's digests are taken over exactly these bytes.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "core/loop/item.hpp"

namespace candour::json {

std::string write_content(const core::Content& content);
/// Errors: corrupt when it is not an object of strings.
Result<core::Content> read_content(std::string_view text);

}  // namespace candour::json
