#include "core/loop/theme.hpp"

namespace candour::core {

Result<Theme> fold(Theme theme, const ThemeEntry& entry) {
    const bool opens = entry.event == ThemeEvent::opened;
    if (opens != (theme.version == 0))
        return Error{ErrorCode::conflict,
                     "theme " + theme.id.text() + (opens ? " was opened already" : " was never opened")};
    if (opens) {
        const auto title = entry.content.find("title");
        theme.title = title == entry.content.end() ? std::string() : title->second;
        theme.opened_at = entry.at;
    }
    ++theme.version;
    theme.last_event_at = entry.at;
    return theme;
}

}  // namespace candour::core
