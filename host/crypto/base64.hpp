/// Base64 with padding (RFC 4648, section 4).
#pragma once
#include <string>
#include <string_view>

namespace candour::crypto {

std::string to_base64(std::string_view bytes);
/// Of what `to_base64` wrote; empty for anything else.
std::string from_base64(std::string_view text);

}  // namespace candour::crypto
