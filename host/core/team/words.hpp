/// What one of us writes back to a mail about items. Only an explicit first line does anything:
///
///     [LP-12] note: TEXT        stays among us, with everything below it
///     [LP-12] heard: TEXT       statements: they end at the first empty line, so that no signature becomes
///     one [LP-12] decided: TEXT     then lines with  by: YYYY-MM-DD  (a change until then)  or  why: TEXT
///     (none),
///                               cost: TEXT
///     [LP-12] changed: TEXT     then perhaps  link: URL, went wrong: TEXT, learned: TEXT, prevention: TEXT
///
/// The words before the colons are the same in every language, whatever their case.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/loop/commands.hpp"

namespace candour::core {

enum class TeamVerb : std::uint8_t { note, heard, decided, changed };
inline constexpr NameTable<TeamVerb, 4> kTeamVerbs{{
    {TeamVerb::note, "note"},
    {TeamVerb::heard, "heard"},
    {TeamVerb::decided, "decided"},
    {TeamVerb::changed, "changed"},
}};

struct TeamWords {
    TeamVerb verb = TeamVerb::note;
    std::int64_t item = 0;  ///< LP-…; 0: the mail's only one
    std::string text;
    Content details;  ///< by, why, cost, link, went wrong, learned, prevention
};

/// nullopt: nothing explicit. `reply` is what was written, without what was quoted.
std::optional<TeamWords> read_team_words(const std::string& reply);

/// The step that a teammate's words mean, as the command of the same name takes it, without a mail to the
/// customer. `by` is the instant of the line of that name. Errors: those of the command.
Result<Step> step_of(const TeamWords&, const Item&, const Act&, Instant by);

}  // namespace candour::core
