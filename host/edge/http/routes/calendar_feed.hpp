/// Instants as a calendar (RFC 5545) that calendar programs subscribe to.
#pragma once
#include <string>
#include <vector>

#include "core/instant.hpp"
#include "edge/http/message.hpp"

namespace candour::http {

struct CalendarEntry {
    std::string id;  ///< of what comes round; with its time it is the event's UID
    core::Instant at;
    std::string summary;
};

/// text/calendar: lines of at most 75 bytes, CR LF, commas and line ends in texts escaped.
std::string calendar_text(const std::vector<CalendarEntry>& entries, core::Instant now);
Response calendar_response(const std::vector<CalendarEntry>& entries, core::Instant now);

}  // namespace candour::http
