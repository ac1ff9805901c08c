/// A message to one contact and what may become of it.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>

#include "core/instant.hpp"
#include "core/names.hpp"

namespace candour::core {

enum class MessageKind : std::uint8_t { invitation, acknowledgement, heard, closing, plugin, team };

inline constexpr NameTable<MessageKind, 6> kMessageKinds{{
    {MessageKind::invitation, "invitation"},
    {MessageKind::acknowledgement, "acknowledgement"},
    {MessageKind::heard, "heard"},
    {MessageKind::closing, "closing"},
    {MessageKind::plugin, "plugin"},
    {MessageKind::team, "team"},  // to one of us
}};

enum class MessageState : std::uint8_t {
    link,  ///< never sent by us: its token is a link somebody passes on
    queued,
    claimed,       ///< a host works on it; nothing can have reached the recipient yet
    transmitting,  ///< past the point of no return, the outcome is not written yet
    handed_over,
    unknown,     ///< lost after the final dot; may be resent once
    rejected,    ///< bounced in session
    bounced,     ///< came back later
    given_up,    ///< deferred for too long
    suppressed,  ///< the address is on the suppression list; never tried
    cancelled,
};

inline constexpr NameTable<MessageState, 11> kMessageStates{{
    {MessageState::link, "link"},
    {MessageState::queued, "queued"},
    {MessageState::claimed, "claimed"},
    {MessageState::transmitting, "transmitting"},
    {MessageState::handed_over, "handed_over"},
    {MessageState::unknown, "unknown"},
    {MessageState::rejected, "rejected"},
    {MessageState::bounced, "bounced"},
    {MessageState::given_up, "given_up"},
    {MessageState::suppressed, "suppressed"},
    {MessageState::cancelled, "cancelled"},
}};

/// So long one of us can answer a mail about items; what it shows is old by then.
inline constexpr std::chrono::days kTeamReplyLifetime{30};

/// How long a link in a message works after it was created.
inline constexpr std::chrono::days kLinkLifetime{180};

/// When to try again after `attempts` tries, the first of them `since` ago; nullopt after two days of trying.
std::optional<std::chrono::microseconds> back_off(int attempts, std::chrono::microseconds since);

}  // namespace candour::core
