#include "reading/charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "characters.hpp"

namespace candour::mail {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Length of the well-formed character at the front; 0 when there is none.
std::size_t character_size(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xC2 && first <= 0xDF   ? 2
                             : (first & 0xF0U) == 0xE0        ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
    if (size == 0 || text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((at(i) & 0xC0U) != 0x80) return 0;
    const bool overlong = (first == 0xE0 && at(1) < 0xA0) || (first == 0xF0 && at(1) < 0x90);
    const bool outside = (first == 0xED && at(1) > 0x9F) || (first == 0xF4 && at(1) > 0x8F);
    return overlong || outside ? 0 : size;
}

bool is_ascii(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

struct Widening {
    std::string_view declared;
    const char* used;
};

constexpr std::array kWidenings{
    Widening{"iso-8859-1", "windows-1252"},
    Widening{"iso8859-1", "windows-1252"},
    Widening{"latin1", "windows-1252"},
    Widening{"latin-1", "windows-1252"},
    Widening{"us-ascii", "windows-1252"},
    Widening{"ascii", "windows-1252"},
    Widening{"cp1252", "windows-1252"},
    Widening{"iso-8859-8-i", "windows-1255"},
    Widening{"iso-8859-8", "windows-1255"},
    Widening{"iso-8859-9", "windows-1254"},
    Widening{"iso-8859-11", "windows-874"},
    Widening{"tis-620", "windows-874"},
    Widening{"gb2312", "gb18030"},
    Widening{"gb_2312-80", "gb18030"},
    Widening{"gbk", "gb18030"},
    Widening{"x-gbk", "gb18030"},
    Widening{"shift_jis", "cp932"},
    Widening{"shift-jis", "cp932"},
    Widening{"x-sjis", "cp932"},
    Widening{"sjis", "cp932"},
    Widening{"ks_c_5601-1987", "cp949"},
    Widening{"ks_c_5601", "cp949"},
    Widening{"euc-kr", "cp949"},
    Widening{"big5", "big5-hkscs"},
    Widening{"iso-2022-jp", "iso-2022-jp-3"},
    Widening{"unicode-1-1-utf-7", "utf-7"},
    Widening{"x-unknown", "windows-1252"},
};

/// A name that iconv may see: it looks for files by it.
std::string usable_name(std::string_view declared) {
    std::string name = lower(trimmed(declared));
    if (name.size() >= 2 && name.front() == '"') name = name.substr(1, name.size() - 2);
    const auto plain = [](char c) {
        return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == ':' || c == '-';
    };
    if (name.size() > 40 || !std::ranges::all_of(name, plain)) return {};
    for (const Widening& row : kWidenings)
        if (row.declared == name) return row.used;
    return name;
}

class Converter final {
 public:
    explicit Converter(const std::string& from) : handle_(iconv_open("UTF-8", from.c_str())) {}
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (usable()) iconv_close(handle_);
    }
    bool usable() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

    std::string convert(std::string_view bytes) {
        std::string out;
        std::array<char, 16384> chunk;
        char* in = const_cast<char*>(bytes.data());  // iconv never writes through it
        std::size_t left = bytes.size();
        while (left > 0) {
            char* to = chunk.data();
            std::size_t room = chunk.size();
            const std::size_t done = iconv(handle_, &in, &left, &to, &room);
            out.append(chunk.data(), chunk.size() - room);
            if (done != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
            if (errno == EINVAL) break;  // the last character was cut off
            out += kReplacement;
            ++in;
            --left;
        }
        return out;
    }

 private:
    iconv_t handle_;
};

bool takes_utf8(std::string_view name) {
    return name.empty() || name == "windows-1252" || name == "utf-8" || name == "utf8" ||
           name == "unknown-8bit" || name == "8bit" || name == "binary" || name == "x-user-defined" ||
           name == "default" || name == "default_charset";
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t size = character_size(bytes);
        if (size == 0) return false;
        bytes.remove_prefix(size);
    }
    return true;
}

std::string repaired(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t size = character_size(bytes);
        if (size == 0)
            out += kReplacement;
        else if (bytes.front() != '\0')
            out += bytes.substr(0, size);
        bytes.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

std::string to_utf8(std::string_view bytes, std::string_view declared) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return repaired(bytes.substr(3));
    std::string name = usable_name(declared);
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) name = "utf-16";
    const bool shifted = name == "utf-7" || name == "hz-gb-2312" || name.starts_with("iso-2022");
    if (!shifted && !name.starts_with("utf-16") && !name.starts_with("utf-32") && is_ascii(bytes))
        return repaired(bytes);
    if (takes_utf8(name) && is_utf8(bytes)) return repaired(bytes);
    if (name == "utf-8" || name == "utf8") return repaired(bytes);
    Converter declared_one(name.empty() ? "windows-1252" : name);
    if (declared_one.usable()) return repaired(declared_one.convert(bytes));
    if (is_utf8(bytes)) return repaired(bytes);
    return repaired(Converter("windows-1252").convert(bytes));
}

}  // namespace candour::mail
