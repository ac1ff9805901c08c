/// A mail server's notice in prose: what it says, and where the returned mail begins.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "bounce/bounce.hpp"

namespace candour::mail {

struct Notice {
    std::string text;      ///< what the server says
    std::string returned;  ///< the returned mail or its header, when it hangs below; may be empty
};

/// From the first text of the mail; `whole` is that text.
Notice split_notice(std::string_view whole);

/// Recipients and reasons out of prose. Empty when nobody is named.
std::vector<Bounce> bounces_in(const Letter& letter, const Notice& notice,
                               const std::vector<std::string>& never);

/// Does a program of a mail server write, and does it say that a mail failed?
bool sounds_like_a_bounce(const Letter& letter, const Notice& notice, const Envelope& envelope);

}  // namespace candour::mail
