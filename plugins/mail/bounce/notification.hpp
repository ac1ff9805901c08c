/// Bounces as JSON, as Amazon SES sends them through its notification service.
#pragma once
#include <string_view>

#include "bounce/bounce.hpp"

namespace candour::mail {

/// Kind none when the text is no such document.
Returned read_notification(std::string_view text);

}  // namespace candour::mail
