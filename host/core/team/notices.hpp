/// Who of us hears of what happens to an item. Pure: events in, notices out; when and how each is sent is
/// everybody's own choice.
///
///     who                     hears that
///     its owner               it is theirs, the customer wrote or pressed something, another round began,
///                             a message about it did not arrive
///     whom an event names     a step is overdue, nobody has seen what came of it (reminders.hpp says who)
///     whom a rule named       the same as the owner, as somebody who watches
///
/// Nobody hears of what they did themselves, and of one step nobody hears twice.
#pragma once
#include <string>
#include <vector>

#include "core/loop/item.hpp"
#include "core/names.hpp"

namespace candour::core {

enum class NoticeKind : std::uint8_t {
    assignment,
    customer_answered,
    reopened,
    undelivered,
    overdue,
    due_soon,
    watching,
    key_contact,  ///< of no item: somebody who matters bounces, leaves or falls silent
};
inline constexpr NameTable<NoticeKind, 8> kNoticeKinds{{
    {NoticeKind::assignment, "assignment"},
    {NoticeKind::customer_answered, "customer_answered"},
    {NoticeKind::reopened, "reopened"},
    {NoticeKind::undelivered, "undelivered"},
    {NoticeKind::overdue, "overdue"},
    {NoticeKind::due_soon, "due_soon"},
    {NoticeKind::watching, "watching"},
    {NoticeKind::key_contact, "key_contact"},
}};

enum class NoticeChoice : std::uint8_t { now, digest, off };
inline constexpr NameTable<NoticeChoice, 3> kNoticeChoices{{
    {NoticeChoice::now, "now"},
    {NoticeChoice::digest, "digest"},
    {NoticeChoice::off, "off"},
}};

/// For whoever has chosen nothing.
NoticeChoice usual_choice(NoticeKind);

struct Notice {
    std::string teammate;
    NoticeKind kind = NoticeKind::assignment;
    std::string about;  ///< the event, or the step that is owed
    int n = 0;          ///< of the event on the item's ledger
    friend bool operator==(const Notice&, const Notice&) = default;
};

/// Whether anybody could want to hear of it: else the watchers need not be looked up.
bool is_news(Event);

/// A message about the item did not arrive.
bool is_undelivered(Event);

/// Of one step. `after` is the item when all of it has happened; `watchers` are teammates' ids.
std::vector<Notice> notices_of(const Item& after, const std::vector<LedgerEvent>& events,
                               const std::vector<std::string>& watchers);

/// The ids in a list with commas, as `raised` carries its watchers.
std::vector<std::string> listed(const std::string& ids);

/// When the step began that the item owes now: who took it over a moment ago knows when it is due.
Instant step_began(const Item&);

}  // namespace candour::core
