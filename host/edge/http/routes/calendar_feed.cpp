#include "edge/http/routes/calendar_feed.hpp"

#include "edge/json/time_text.hpp"

namespace candour::http {
namespace {

constexpr std::size_t kLongestLine = 75;

/// RFC 5545, 3.3.11.
std::string escaped_text(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') plain += '\\';
        if (c == '\n')
            plain += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20)
            plain += c;
    }
    return plain;
}

/// 3.1: a line goes on behind a blank; no character is torn apart.
void add_line(std::string& calendar, std::string_view line) {
    std::size_t room = kLongestLine;
    while (line.size() > room) {
        std::size_t cut = room;
        while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
        calendar += std::string(line.substr(0, cut)) + "\r\n ";
        line.remove_prefix(cut);
        room = kLongestLine - 1;
    }
    calendar += std::string(line) + "\r\n";
}

/// 20270105T080000Z
std::string utc(core::Instant at) {
    std::string compact;
    for (const char c : json::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at)))
        if (c != '-' && c != ':') compact += c;
    const std::size_t point = compact.find('.');
    return point == std::string::npos ? compact : compact.substr(0, point) + "Z";
}

}  // namespace

std::string calendar_text(const std::vector<CalendarEntry>& entries, core::Instant now) {
    std::string calendar;
    for (const char* line :
         {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Candour//Campaigns//EN", "METHOD:PUBLISH",
          "X-WR-CALNAME:Campaigns", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"})
        add_line(calendar, line);
    for (const CalendarEntry& entry : entries) {
        add_line(calendar, "BEGIN:VEVENT");
        add_line(calendar, "UID:" + entry.id + "-" + utc(entry.at));
        add_line(calendar, "DTSTAMP:" + utc(now));
        add_line(calendar, "DTSTART:" + utc(entry.at));
        add_line(calendar, "SUMMARY:" + escaped_text(entry.summary));
        add_line(calendar, "TRANSP:TRANSPARENT");
        add_line(calendar, "END:VEVENT");
    }
    add_line(calendar, "END:VCALENDAR");
    return calendar;
}

Response calendar_response(const std::vector<CalendarEntry>& entries, core::Instant now) {
    Response response = Response::text(200, calendar_text(entries, now));
    response.content_type = "text/calendar; charset=utf-8";
    response.headers.push_back({"Cache-Control", "private, max-age=3600"});
    return response;
}

}  // namespace candour::http
