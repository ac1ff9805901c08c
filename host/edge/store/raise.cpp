#include "edge/store/raise.hpp"

#include <stdexcept>

#include "candour_queries.hpp"
#include "crypto/id_source.hpp"
#include "edge/json/rules_document.hpp"
#include "edge/store/due_dates.hpp"
#include "edge/store/item_rows.hpp"
#include "edge/store/ledger.hpp"

namespace candour::store {
namespace {

constexpr const char* kDeclaredAdvocacy = "advocacy.declared";

std::string us(core::Instant at) {
    return std::to_string(core::to_us(at));
}

/// The item that this key stands for, and for whom.
struct Keyed {
    ItemId id;
    std::string contact;
};

Keyed item_of_key(Session& session, const std::string& source, const std::string& key) {
    std::string id, contact;
    Call call = session.call(sql::loop::find_item_by_source);
    call.with("source", source).with("source_key", key).into(id).into(contact);
    return call.next() ? Keyed{ItemId::trusted(id), contact} : Keyed{};
}

/// Where an answer belongs: under which key, and to which item, if there is one already.
struct Place {
    std::string key;
    ItemId item;
};

/// The key of an item is its person's own: what somebody else says under the same one is theirs and nobody
/// reads it on the first one's page.
Place place_of(Session& session, const core::Observation& observation) {
    const Keyed first = item_of_key(session, observation.source, observation.item_key);
    if (first.id.empty() || first.contact == observation.contact.text())
        return {observation.item_key, first.id};
    const std::string own = observation.item_key + "@" + observation.contact.text();
    return {own, item_of_key(session, observation.source, own).id};
}

core::Item load(Session& session, const ItemId& id) {
    ItemColumns columns;
    Call call = session.call(sql::loop::find_item);
    call.with("id", id.text()).with("number", 0);
    columns.read_from(call);
    call.next();
    return columns.item();
}

/// Words about an item that was merged belong to the one in which it goes on.
core::Item where_it_goes_on(Session& session, const ItemId& id) {
    constexpr int most_hops = 8;
    core::Item item = load(session, id);
    for (int hops = 0; !item.merged_into.empty() && hops < most_hops; ++hops)
        item = load(session, ItemId::trusted(item.merged_into));
    return item;
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

/// Its own day stands beside an answer that comes in later than it was given.
core::Content said(const core::Observation& observation, std::int64_t seq, core::Instant now) {
    core::Content content{{"verbatim", observation.verbatim},
                          {"about", observation.about},
                          {"kind", observation.kind},
                          {"contact_me", observation.contact_me ? "yes" : "no"},
                          {"may_quote", observation.may_quote ? "yes" : "no"},
                          {"observation", std::to_string(seq)}};
    if (observation.mail != 0) content["mail"] = std::to_string(observation.mail);
    if (!observation.remark.empty()) content["remark"] = observation.remark;
    if (!observation.noted_by.empty()) {
        content["noted_by"] = observation.noted_by;
        content["channel"] = observation.channel;
    }
    if (core::happened(observation.occurred_at) && observation.occurred_at + std::chrono::hours(1) < now)
        content["said_at"] = us(observation.occurred_at);
    if (observation.score) content["score"] = std::to_string(*observation.score);
    return content;
}

std::string teammate_of(Session& session, const std::string& email) {
    std::string id, name;
    Call call = session.call(sql::relationship::find_teammate);
    call.with("email", email).into(id).into(name);
    return call.next() ? id : std::string();
}

core::Segment segment_of(const AccountFacts& account) {
    return core::value_of(core::kSegments, account.segment).value_or(core::Segment::unclassified);
}

/// Only what some rule asks for is looked up.
core::AnswerFacts answer_facts(Session& session, const core::Rules& rules,
                               const core::Observation& observation,
                               const std::optional<AccountFacts>& account) {
    core::AnswerFacts facts = core::facts_of(observation, rules);
    if (rules.ask_answers()) facts.answers = json::answer_values(observation.answers);
    if (account) facts.segment = segment_of(*account);
    if (!rules.ask_level()) return facts;
    std::string level;
    Call call = session.call(sql::rules::level_of);
    call.with("id", observation.contact.text()).into(level);
    if (call.next()) facts.level = core::value_of(core::kLevels, level);
    return facts;
}

/// Which rule decided what, so that it can be explained when the rules are others.
void note_verdict(Session& session, core::Content& content, const core::Rules& rules,
                  const core::AnswerFacts& facts, const core::Verdict& verdict) {
    content["rules"] = std::to_string(rules.version);
    for (const auto& [property, name] : core::kRuleProperties)
        if (const core::Rule* rule = verdict.of(property)) content["rule_" + std::string(name)] = rule->name;
    if (facts.level) content["level"] = std::string(core::name_of(core::kLevels, *facts.level));
    const core::Rule* watching = verdict.of(core::RuleProperty::watchers);
    if (watching == nullptr) return;
    std::string watchers;
    for (const std::string& email : watching->then.watchers)
        if (const std::string id = teammate_of(session, email); !id.empty())
            watchers += (watchers.empty() ? "" : ",") + id;
    content["watchers"] = watchers;
}

core::LedgerEvent raised_event(Session& session, const core::SegmentPolicy& policy,
                               const core::Observation& observation, const AccountFacts& account,
                               const std::string& key, std::int64_t seq, core::Instant now) {
    const std::optional<core::Calendar> calendar =
        calendar_for(session, observation.account.text(), account.owner);
    const core::Due due = due_dates(calendar, policy, now);
    core::Content content = said(observation, seq, now);
    content["account"] = observation.account.text();
    content["contact"] = observation.contact.text();
    content["source"] = observation.source;
    content["source_key"] = key;
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

ItemId raise_or_join(Session& session, const core::Policies& policies, const core::Rules& rules,
                     const core::Observation& observation, std::int64_t seq, core::Instant now) {
    if (!observation.raise) return {};
    // Anonymous answers have nobody to come back to, and a machine's press is nobody's word: no item, and
    // none to join.
    if (observation.contact.empty() || observation.answer_class == core::AnswerClass::likely_bot) return {};
    // How somebody says they speak about us is a fact for figures; it asks for nothing.
    if (observation.kind == kDeclaredAdvocacy) return {};
    const auto [key, existing] = place_of(session, observation);
    if (!existing.empty()) {
        const core::LedgerEvent again{core::Event::answered_again, observation.contact.text(), now,
                                      said(observation, seq, now)};
        const core::Item item = where_it_goes_on(session, existing);
        must(write_step(session, item, {{again}, {}, {}}));
        return item.id;
    }
    std::optional<AccountFacts> account;
    if (rules.ask_segment()) account = account_facts(session, policies, observation.account);
    const core::AnswerFacts facts = answer_facts(session, rules, observation, account);
    const core::Verdict verdict = core::judge(rules, facts);
    if (!verdict.raise() && observation.noted_by.empty()) return {};
    if (!account) account = account_facts(session, policies, observation.account);
    if (const core::Rule* rule = verdict.of(core::RuleProperty::owner))
        if (const std::string owner = teammate_of(session, rule->then.owner); !owner.empty())
            account->owner = owner;
    core::Item item;
    item.id = crypto::new_id<ItemId>(now);
    core::Step step;
    step.events.push_back(raised_event(session, core::with_due(policies.of(segment_of(*account)), verdict),
                                       observation, *account, key, seq, now));
    note_verdict(session, step.events.back().content, rules, facts, verdict);
    step.promises.push_back(
        {crypto::new_id<MessageId>(now), core::MessageKind::acknowledgement, now, !observation.acknowledge});
    must(write_step(session, item, step));
    return item.id;
}

}  // namespace candour::store
