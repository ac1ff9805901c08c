#include "flow/evidence/loop_page.hpp"

namespace candour::flow {
namespace {

LinkState state_of(const Link& link, crypto::LinkPurpose purpose, core::Instant now) {
    if (link.purpose != crypto::to_text(purpose)) return LinkState::unknown;
    if (core::happened(link.revoked_at)) return LinkState::revoked;
    return now > link.expires_at ? LinkState::expired : LinkState::works;
}

/// Two people, or two presses of one, can be on a page at once; more than a few in a row are not people.
constexpr int kTries = 5;
/// An item that went on in one that went on.
constexpr int kHops = 8;

Result<core::Step> step_of(Press press, const core::Item& item, const core::Act& act, const std::string& text,
                           const core::SegmentPolicy& policy, const core::Due& due) {
    switch (press) {
        case Press::seen:
            return core::press_seen(item, act, policy.evidence);
        case Press::confirmed:
            return core::press_confirmed(item, act, policy.evidence);
        case Press::not_yet:
            return core::press_not_yet(item, act, text, due);
        case Press::correct:
            return core::correct(item, act, text);
    }
    return Error{ErrorCode::internal, "a button without a rule"};
}

/// The same correction again is a button pressed twice.
bool said_already(const LoopPageFacts& facts, const std::string& text) {
    if (facts.history.empty()) return false;
    const core::LedgerEvent& last = facts.history.back().event;
    const auto words = last.content.find("text");
    return last.event == core::Event::corrected && words != last.content.end() && words->second == text;
}

}  // namespace

Task<Result<OpenedLink>> open_link(LinkStore& links, const crypto::LinkTokens& tokens,
                                   crypto::LinkPurpose purpose, std::string token, core::Instant now) {
    OpenedLink opened;
    const std::optional<MessageId> message = tokens.read(purpose, token);
    if (!message) co_return opened;
    auto pending = links.find(*message);
    Result<Link> link = co_await std::move(pending);
    if (!link && link.error().code == ErrorCode::not_found) co_return opened;
    if (!link) co_return link.error();
    opened.link = std::move(*link);
    opened.state = state_of(opened.link, purpose, now);
    co_return opened;
}

Task<Result<ItemView>> LoopPages::where_it_stands(ItemId item) {
    for (int hops = 0;; ++hops) {
        auto finding = items_.find(ItemRef{item, 0});
        Result<ItemView> view = co_await std::move(finding);
        if (!view || view->item.merged_into.empty() || hops == kHops) co_return view;
        item = ItemId::trusted(view->item.merged_into);
    }
}

Task<Result<LoopPageFacts>> LoopPages::show(Link link) {
    LoopPageFacts facts;
    auto finding = where_it_stands(link.item);
    Result<ItemView> item = co_await std::move(finding);
    if (!item) co_return item.error();
    link.item = item->item.id;
    auto reading = items_.history(link.item);
    Result<std::vector<HistoryEntry>> history = co_await std::move(reading);
    if (!history) co_return history.error();
    facts.link = std::move(link);
    facts.item = std::move(*item);
    facts.history = std::move(*history);
    co_return facts;
}

Task<Result<core::Item>> LoopPages::press(Link link, Press press, std::string text) {
    const core::Act act{link.subject.contact.text(), clock_.now()};
    if (press == Press::correct) {
        auto correcting = correct(std::move(link), act, std::move(text));
        Result<core::Item> corrected = co_await std::move(correcting);
        co_return corrected;
    }
    auto finding = where_it_stands(link.item);
    Result<ItemView> view = co_await std::move(finding);
    if (!view) co_return view.error();
    auto asking = items_.due(ItemRef{view->item.id, 0}, act.at, policies_);
    Result<core::Due> due = co_await std::move(asking);
    if (!due) co_return due.error();
    Decide decide = [press, act, text, due = *due, policies = policies_](const core::Item& item) {
        const core::Segment segment =
            core::value_of(core::kSegments, item.segment).value_or(core::Segment::unclassified);
        return step_of(press, item, act, text, policies->of(segment), due);
    };
    auto pending = items_.advance(ItemRef{view->item.id, 0}, std::move(decide));
    Result<core::Item> item = co_await std::move(pending);
    co_return item;
}

/// Whether the same words stand there already is only true of the version that was looked at: when two
/// presses come at once, the slower one looks again and finds them.
Task<Result<core::Item>> LoopPages::correct(Link link, core::Act act, std::string text) {
    for (int tries = 1;; ++tries) {
        auto showing = show(link);
        Result<LoopPageFacts> facts = co_await std::move(showing);
        if (!facts) co_return facts.error();
        if (said_already(*facts, text)) co_return facts->item.item;
        auto overtaken = std::make_shared<bool>(false);
        Decide decide = [act, text, seen = facts->item.item.version,
                         overtaken](const core::Item& item) -> Result<core::Step> {
            *overtaken = item.version != seen;
            if (*overtaken) return core::stale_version(item.id, seen, item.version);
            return core::correct(item, act, text);
        };
        auto pending = items_.advance(ItemRef{facts->item.item.id, 0}, std::move(decide));
        Result<core::Item> item = co_await std::move(pending);
        if (item || !*overtaken || tries == kTries) co_return item;
    }
}

}  // namespace candour::flow
