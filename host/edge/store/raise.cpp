#include "edge/store/raise.hpp"

#include <stdexcept>

#include "candour_queries.hpp"
#include "core/feedback/raise_rule.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/ledger.hpp"
#include "edge/store/item_rows.hpp"

namespace candour::store {
namespace {

std::string us(core::Instant at) { return std::to_string(core::to_us(at)); }

ItemId item_of_key(Session& session, const core::Observation& observation) {
    std::string id;
    Call call = session.call(sql::loop::find_item_by_source);
    call.with("source", observation.source).with("source_key", observation.item_key).into(id);
    return call.next() ? ItemId::trusted(id) : ItemId();
}

core::Item load(Session& session, const ItemId& id) {
    ItemColumns columns;
    Call call = session.call(sql::loop::find_item);
    call.with("id", id.text()).with("number", 0);
    columns.read_from(call);
    call.next();
    return columns.item();
}

struct AccountFacts {
    std::string segment;
    std::string owner;
};

AccountFacts account_facts(Session& session, const core::Policies& policies, const AccountId& account) {
    AccountFacts facts{"unclassified", ""};
    Call call = session.call(sql::relationship::account_by_id);
    call.with("id", account.text()).into(facts.segment).into(facts.owner);
    call.next();
    if (!facts.owner.empty() || policies.default_owner.empty()) return facts;
    std::string name;
    Call owner = session.call(sql::relationship::find_teammate);
    owner.with("email", policies.default_owner).into(facts.owner).into(name);
    owner.next();
    return facts;
}

core::Content said(const core::Observation& observation, std::int64_t seq) {
    core::Content content{{"verbatim", observation.verbatim},
                          {"about", observation.about},
                          {"kind", observation.kind},
                          {"contact_me", observation.contact_me ? "yes" : "no"},
                          {"may_quote", observation.may_quote ? "yes" : "no"},
                          {"observation", std::to_string(seq)}};
    if (observation.score) content["score"] = std::to_string(*observation.score);
    return content;
}

core::LedgerEvent raised_event(const core::Policies& policies, const core::Observation& observation, const AccountFacts& account,
                               std::int64_t seq, core::Instant now) {
    const core::Segment segment = core::value_of(core::kSegments, account.segment).value_or(core::Segment::unclassified);
    const core::Due due = core::due_after(policies.of(segment), now);
    core::Content content = said(observation, seq);
    content["account"] = observation.account.text();
    content["contact"] = observation.contact.text();
    content["source"] = observation.source;
    content["source_key"] = observation.item_key;
    content["owner"] = account.owner;
    content["segment"] = account.segment;
    content["due_hear"] = us(due.hear);
    content["due_decide"] = us(due.decide);
    content["due_change"] = us(due.change);
    content["due_tell"] = us(due.tell);
    return {core::Event::raised, observation.contact.text(), now, std::move(content)};
}

void must(const Result<core::Item>& written) {
    if (!written) throw std::runtime_error(written.error().message);  // undoes the whole acceptance
}

}  // namespace

ItemId raise_or_join(Session& session, const core::Policies& policies, const core::Observation& observation, std::int64_t seq,
                     core::Instant now) {
    // Anonymous answers have nobody to come back to, and a machine's press is nobody's word: no item, and none to join.
    if (observation.contact.empty() || observation.answer_class == core::AnswerClass::likely_bot) return {};
    const ItemId existing = item_of_key(session, observation);
    if (!existing.empty()) {
        const core::LedgerEvent again{core::Event::answered_again, observation.contact.text(), now, said(observation, seq)};
        must(append_events(session, load(session, existing), {again}));
        return existing;
    }
    if (!core::raises_item(observation)) return {};
    core::Item item;
    item.id = crypto::new_id<ItemId>(now);
    core::Step step;
    step.events.push_back(raised_event(policies, observation, account_facts(session, policies, observation.account), seq, now));
    step.promises.push_back({crypto::new_id<MessageId>(now), core::MessageKind::acknowledgement, now});
    must(write_step(session, item, step));
    return item.id;
}

}  // namespace candour::store
