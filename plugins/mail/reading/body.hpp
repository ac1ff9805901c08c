/// Which of a mail's texts is what the person wrote.
///
/// The first text/plain and its siblings, unless it is empty or only says that there is an HTML part; then
/// the HTML; then whatever text there is. Attachments and returned mails are never the body.
#pragma once
#include <string>

#include "reading/letter.hpp"

namespace candour::mail {

struct Body {
    std::string text;  ///< UTF-8, LF line ends
    bool truncated = false;
};

Body body_of(const Letter& letter);
/// Of one text part, by its type.
std::string text_of(const Leaf& leaf);
/// The same for bytes that come alone. What a text may hold of control characters is the tab and the line
/// end.
std::string plain_as_text(std::string_view bytes, std::string_view charset);
std::string html_as_text(std::string_view bytes, std::string_view charset);

}  // namespace candour::mail
