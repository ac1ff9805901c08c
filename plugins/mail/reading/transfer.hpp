/// Content-Transfer-Encoding, read the way mail arrives: broken. Whatever is not of the encoding is passed
/// over, so that one bad byte costs one byte.
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

/// Padding in mid-stream ends one piece, not the text: mail programs glue pieces together.
std::string from_base64(std::string_view text);
/// `as_word`: of an encoded word, where `_` is a blank.
std::string from_quoted_printable(std::string_view text, bool as_word = false);
std::string from_uuencode(std::string_view text);

/// By the name that the header gives; content of an unknown encoding stays as it is.
std::string decoded(std::string_view content, std::string_view encoding);

}  // namespace candour::mail
