/// Several items that one decision answers. A theme has a ledger of its own for what was said to all of them;
/// each item's ledger says that it belongs to the theme, and what its own customer was told.
#pragma once
#include <string>

#include "candour/ids.hpp"
#include "core/loop/item.hpp"

namespace candour::core {

struct ThemeTag {
    static constexpr std::string_view prefix = "thm_";
};
using ThemeId = Id<ThemeTag>;

enum class ThemeEvent : std::uint8_t { opened, heard, decided, changed, told, taken_back };
inline constexpr NameTable<ThemeEvent, 6> kThemeEvents{{
    {ThemeEvent::opened, "theme_opened"},
    {ThemeEvent::heard, "theme_heard"},
    {ThemeEvent::decided, "theme_decided"},
    {ThemeEvent::changed, "theme_changed"},
    {ThemeEvent::told, "theme_told"},
    {ThemeEvent::taken_back, "theme_taken_back"},
}};

/// The fold of its ledger.
struct Theme {
    ThemeId id;
    std::string title;
    int version = 0;
    Instant opened_at = kNever;
    Instant last_event_at = kNever;
    friend bool operator==(const Theme&, const Theme&) = default;
};

struct ThemeEntry {
    ThemeEvent event = ThemeEvent::opened;
    std::string actor;
    Instant at = kNever;
    Content content;
};

/// Errors: conflict when it is opened twice or used before.
Result<Theme> fold(Theme theme, const ThemeEntry& entry);

}  // namespace candour::core
