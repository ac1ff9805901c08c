/// HTML to text, token by token and without a tree, so that depth costs nothing.
///
/// What a mail program marks as quoted (blockquote, and the boxes of Gmail, Yahoo and others) comes out
/// behind "> ", a marked signature behind "-- ": then the same rules find quotes and signatures in both kinds
/// of mail.
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

std::string html_to_text(std::string_view html);

}  // namespace candour::mail
