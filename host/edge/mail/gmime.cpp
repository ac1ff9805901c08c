#include "edge/mail/gmime.hpp"

namespace candour::mail {

void start_gmime() {
    static const bool ready = (g_mime_init(), true);
    (void)ready;
}

GMimeFormatOptions* wire_format() {
    static GMimeFormatOptions* const options = [] {
        GMimeFormatOptions* made = g_mime_format_options_new();
        g_mime_format_options_set_newline_format(made, GMIME_NEWLINE_FORMAT_DOS);
        return made;
    }();
    return options;
}

std::string unix_lines(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 1);
    for (std::size_t cr = text.find('\r'); cr != text.npos; cr = text.find('\r')) {
        (out += text.substr(0, cr)) += '\n';
        text.remove_prefix(cr + (text.substr(cr).starts_with("\r\n") ? 2 : 1));
    }
    out += text;
    if (!out.ends_with('\n')) out += '\n';
    return out;
}

}  // namespace candour::mail
