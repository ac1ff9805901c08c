/// Whose an item is, and what it belongs together with.
#include "core/feedback/text.hpp"
#include "core/loop/commands.hpp"
#include "core/loop/step_parts.hpp"

namespace candour::core {
namespace {

Step one_event(const Act& act, Event event, Content content) {
    return Step{{{event, act.actor, act.at, std::move(content)}}, {}, {}};
}

}  // namespace

Result<Step> hand_on(const Item& item, const Act& act, const std::string& owner, const std::string& note) {
    if (owner.empty())
        return Error{ErrorCode::invalid,
                     "to: expected the teammate who answers for it from now on, found nothing"};
    if (Done words = check_text("note", note); !words) return words.error();
    if (item.owner == owner) return Step{};
    return checked(
        item, one_event(act, Event::handed_on, {{"owner", owner}, {"from", item.owner}, {"note", note}}));
}

Result<Step> join_theme(const Item& item, const Act& act, const std::string& theme) {
    if (item.theme == theme) return Step{};
    if (!item.theme.empty())
        return refused(item, "it is in the theme " + item.theme + " already; take it out of that one first");
    return checked(item, one_event(act, Event::joined_theme, {{"theme", theme}}));
}

Result<Step> leave_theme(const Item& item, const Act& act, const std::string& theme) {
    if (item.theme != theme) return refused(item, "it is not in the theme " + theme);
    return checked(item, one_event(act, Event::left_theme, {{"theme", theme}}));
}

Result<Merging> merge(const Item& from, const Item& into, const Act& act, const Content& said,
                      const std::string& note) {
    if (Done words = check_text("note", note); !words) return words.error();
    if (from.id == into.id)
        return Error{ErrorCode::invalid, "into: expected another item, found the same one"};
    if (from.contact.empty() || from.contact != into.contact)
        return refused(from, "it can go on in an item of the same person only, and " + into.id.text() +
                                 " is somebody else's");
    Content carried{{"item", from.id.text()}};
    for (const char* field : {"verbatim", "score"})
        if (const auto found = said.find(field); found != said.end()) carried[field] = found->second;
    const Content why{{"reason", std::string(name_of(kDismissals, Dismissal::merged))},
                      {"into", into.id.text()},
                      {"note", note}};
    Result<Step> ends = checked(from, one_event(act, Event::dismissed, why));
    if (!ends) return ends.error();
    Result<Step> goes_on = checked(into, one_event(act, Event::merged_in, std::move(carried)));
    if (!goes_on) return goes_on.error();
    return Merging{std::move(*ends), std::move(*goes_on)};
}

}  // namespace candour::core
