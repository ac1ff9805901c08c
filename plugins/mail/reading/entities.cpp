#include "reading/entities.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "characters.hpp"

namespace candour::mail {
namespace {

struct Entity {
    std::string_view name;
    std::string_view text;
};

/// Those that mail programs write; letters beyond these come as UTF-8 or as numbers.
constexpr std::array kEntities{
    Entity{"amp", "&"},    Entity{"lt", "<"},        Entity{"gt", ">"},     Entity{"quot", "\""},
    Entity{"apos", "'"},   Entity{"nbsp", "\u00A0"}, Entity{"copy", "©"},   Entity{"reg", "®"},
    Entity{"trade", "™"},  Entity{"hellip", "…"},    Entity{"ndash", "–"},  Entity{"mdash", "—"},
    Entity{"lsquo", "‘"},  Entity{"rsquo", "’"},     Entity{"sbquo", "‚"},  Entity{"ldquo", "“"},
    Entity{"rdquo", "”"},  Entity{"bdquo", "„"},     Entity{"laquo", "«"},  Entity{"raquo", "»"},
    Entity{"lsaquo", "‹"}, Entity{"rsaquo", "›"},    Entity{"bull", "•"},   Entity{"middot", "·"},
    Entity{"euro", "€"},   Entity{"pound", "£"},     Entity{"yen", "¥"},    Entity{"cent", "¢"},
    Entity{"sect", "§"},   Entity{"deg", "°"},       Entity{"plusmn", "±"}, Entity{"times", "×"},
    Entity{"divide", "÷"}, Entity{"frac12", "½"},    Entity{"para", "¶"},   Entity{"auml", "ä"},
    Entity{"ouml", "ö"},   Entity{"uuml", "ü"},      Entity{"Auml", "Ä"},   Entity{"Ouml", "Ö"},
    Entity{"Uuml", "Ü"},   Entity{"szlig", "ß"},     Entity{"agrave", "à"}, Entity{"aacute", "á"},
    Entity{"acirc", "â"},  Entity{"atilde", "ã"},    Entity{"aring", "å"},  Entity{"aelig", "æ"},
    Entity{"ccedil", "ç"}, Entity{"egrave", "è"},    Entity{"eacute", "é"}, Entity{"ecirc", "ê"},
    Entity{"euml", "ë"},   Entity{"igrave", "ì"},    Entity{"iacute", "í"}, Entity{"icirc", "î"},
    Entity{"iuml", "ï"},   Entity{"ntilde", "ñ"},    Entity{"ograve", "ò"}, Entity{"oacute", "ó"},
    Entity{"ocirc", "ô"},  Entity{"otilde", "õ"},    Entity{"oslash", "ø"}, Entity{"ugrave", "ù"},
    Entity{"uacute", "ú"}, Entity{"ucirc", "û"},     Entity{"yacute", "ý"}, Entity{"Agrave", "À"},
    Entity{"Aacute", "Á"}, Entity{"Aring", "Å"},     Entity{"AElig", "Æ"},  Entity{"Ccedil", "Ç"},
    Entity{"Egrave", "È"}, Entity{"Eacute", "É"},    Entity{"Iacute", "Í"}, Entity{"Ntilde", "Ñ"},
    Entity{"Oacute", "Ó"}, Entity{"Oslash", "Ø"},    Entity{"Uacute", "Ú"}, Entity{"oelig", "œ"},
    Entity{"iexcl", "¡"},  Entity{"iquest", "¿"},    Entity{"shy", ""},     Entity{"zwnj", ""},
    Entity{"zwj", ""},     Entity{"larr", "←"},      Entity{"rarr", "→"},   Entity{"check", "✓"},
    Entity{"ensp", " "},   Entity{"emsp", " "},
};

void append_code(std::uint32_t code, std::string& out) {
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | (code >> shift & 0x3FU)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | code >> 6U);
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0U | code >> 12U);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | code >> 18U);
        tail(12);
        tail(6);
        tail(0);
    }
}

/// Appends what `name` (without & and ;) stands for.
bool append_reference(std::string_view name, std::string& out) {
    if (name.starts_with('#')) {
        const bool hex = name.size() > 1 && to_lower(name[1]) == 'x';
        const std::string_view digits = name.substr(hex ? 2 : 1);
        std::uint32_t code = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
        if (digits.empty() || read.ptr != digits.data() + digits.size()) return false;
        append_code(read.ec == std::errc() ? code : 0xFFFD, out);
        return true;
    }
    const auto found = std::ranges::find(kEntities, name, &Entity::name);
    if (found == kEntities.end()) return false;
    out += found->text;
    return true;
}

}  // namespace

std::string without_references(std::string_view text) {
    constexpr std::size_t kLongestName = 10;
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '&') {
            out += text[i];
            continue;
        }
        std::size_t end = i + 1;
        while (end < text.size() && end - i <= kLongestName &&
               (is_letter(text[end]) || is_digit(text[end]) || text[end] == '#'))
            ++end;
        if (end == i + 1 || !append_reference(text.substr(i + 1, end - i - 1), out))
            out += '&';
        else
            i = end < text.size() && text[end] == ';' ? end : end - 1;
    }
    return out;
}

}  // namespace candour::mail
