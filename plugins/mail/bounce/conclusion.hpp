/// From what is said about one recipient to status, code, class and whether it is for good.
#pragma once
#include <string_view>

#include "bounce/bounce.hpp"

namespace candour::mail {

/// The lines of `notice` that speak of `recipient`: from its first mention to the end of that paragraph once
/// a reason stands there, or to the next address. Empty when it is not mentioned.
std::string_view lines_about(std::string_view notice, std::string_view recipient);

/// `bounce.diagnostic` and `bounce.status` may already be known; `about` is what the prose says of the
/// recipient, `notice` all of the prose. Fills what is missing and decides. `given_up`: the server says that
/// it tries no more, whatever the numbers say.
void conclude(Bounce& bounce, std::string_view about, std::string_view notice, bool given_up);

}  // namespace candour::mail
