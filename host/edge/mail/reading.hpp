/// A letter of our own, opened again: for showing what was sent.
#pragma once
#include <string>

#include "candour/result.hpp"

namespace candour::mail {

struct OpenedLetter {
    std::string from;
    std::string to;
    std::string subject;
    std::string text;
    std::string html;
};

/// Only for what `compose` wrote; mail from outside is read elsewhere, with other care.
/// Errors: corrupt when it is no message.
Result<OpenedLetter> open_letter(const std::string& content);

}  // namespace candour::mail
