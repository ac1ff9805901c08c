#include "reading/instant.hpp"

#include <gmime/gmime.h>

#include "characters.hpp"

namespace candour::mail {

std::string rfc3339_of(std::string_view date) {
    const std::string value(cut(date, 200));
    GDateTime* local = g_mime_utils_header_decode_date(value.c_str());
    if (local == nullptr) return {};
    GDateTime* utc = g_date_time_to_utc(local);
    g_date_time_unref(local);
    if (utc == nullptr) return {};
    gchar* text = g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ");
    std::string out = text == nullptr ? "" : text;
    g_free(text);
    g_date_time_unref(utc);
    return out;
}

}  // namespace candour::mail
