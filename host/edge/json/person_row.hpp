/// What a contact's row said, kept so that a merge can be taken back.
#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "candour/result.hpp"
#include "flow/relationship/directory.hpp"

namespace candour::json {

std::string write_person_rows(const flow::PersonView& from, const flow::PersonView& into);
/// Puts back what was true of both. Errors: corrupt.
Done read_person_rows(std::string_view text, flow::PersonView& from, flow::PersonView& into);

}  // namespace candour::json
