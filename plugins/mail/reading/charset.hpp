/// Bytes of any charset to UTF-8 that is always valid and holds no NUL.
///
/// A byte order mark decides; then valid UTF-8 where nothing, ASCII or Latin-1 was declared; then the
/// declared charset, widened as browsers do (ISO-8859-1 is windows-1252, GB2312 is GB18030, …); what nobody
/// knows is windows-1252.
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

std::string to_utf8(std::string_view bytes, std::string_view declared);
bool is_utf8(std::string_view bytes);
/// U+FFFD in place of what is no UTF-8; nothing in place of NUL.
std::string repaired(std::string_view bytes);

}  // namespace candour::mail
