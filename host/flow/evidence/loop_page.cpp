#include "flow/evidence/loop_page.hpp"

namespace candour::flow {
namespace {

LinkState state_of(const Link& link, crypto::LinkPurpose purpose, core::Instant now) {
    if (link.purpose != crypto::to_text(purpose)) return LinkState::unknown;
    if (core::happened(link.revoked_at)) return LinkState::revoked;
    return now > link.expires_at ? LinkState::expired : LinkState::works;
}

Result<core::Step> step_of(Press press, const core::Item& item, const core::Act& act, const std::string& text, const core::SegmentPolicy& policy) {
    switch (press) {
        case Press::seen: return core::press_seen(item, act, policy.evidence);
        case Press::confirmed: return core::press_confirmed(item, act, policy.evidence);
        case Press::not_yet: return core::press_not_yet(item, act, text, core::due_after(policy, act.at));
        case Press::correct: return core::correct(item, act, text);
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

Task<Result<OpenedLink>> open_link(LinkStore& links, const crypto::LinkTokens& tokens, crypto::LinkPurpose purpose, std::string token,
                                   core::Instant now) {
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

Task<Result<LoopPageFacts>> LoopPages::show(Link link) {
    LoopPageFacts facts;
    auto finding = items_.find(ItemRef{link.item, 0});
    Result<ItemView> item = co_await std::move(finding);
    if (!item) co_return item.error();
    auto reading = items_.history(link.item);
    Result<std::vector<HistoryEntry>> history = co_await std::move(reading);
    if (!history) co_return history.error();
    facts.link = std::move(link);
    facts.item = std::move(*item);
    facts.history = std::move(*history);
    co_return facts;
}

Task<Result<core::Item>> LoopPages::press(Link link, Press press, std::string text) {
    if (press == Press::correct) {
        auto showing = show(link);
        Result<LoopPageFacts> facts = co_await std::move(showing);
        if (!facts) co_return facts.error();
        if (said_already(*facts, text)) co_return facts->item.item;
    }
    const core::Act act{link.subject.contact.text(), clock_.now()};
    Decide decide = [press, act, text, policies = policies_](const core::Item& item) {
        const core::Segment segment = core::value_of(core::kSegments, item.segment).value_or(core::Segment::unclassified);
        return step_of(press, item, act, text, policies->of(segment));
    };
    auto pending = items_.advance(ItemRef{link.item, 0}, std::move(decide));
    Result<core::Item> item = co_await std::move(pending);
    co_return item;
}

}  // namespace candour::flow
