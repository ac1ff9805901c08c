/// What the bytes of a file mean: UTF-8 with or without its mark, UTF-16 as spreadsheets save it,
/// Windows-1252.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace candour::imports {

enum class Encoding : std::uint8_t { utf8, utf8_marked, utf16_little, utf16_big };

std::string_view to_text(Encoding encoding);
Encoding encoding_called(std::string_view name);

/// Of a file that begins like this: by its mark, or by the NULs that UTF-16 has between Latin letters.
Encoding encoding_of(std::string_view beginning);
/// Bytes of the mark at the front.
std::size_t mark_of(std::string_view beginning, Encoding encoding);

/// The whole characters of a piece as UTF-8; half a surrogate at its end belongs to the next piece, half a
/// one in its middle becomes U+FFFD.
std::string from_utf16(std::string_view bytes, Encoding encoding);
/// How many bytes of the file this UTF-8 came from.
std::size_t bytes_in_file(std::string_view utf8, Encoding encoding);

bool is_utf8(std::string_view text);
std::string from_windows_1252(std::string_view bytes);
/// Of UTF-8.
std::size_t characters_in(std::string_view text);

}  // namespace candour::imports
