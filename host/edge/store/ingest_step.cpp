#include "edge/store/ingest_step.hpp"

#include <set>
#include <tuple>

#include "candour_queries.hpp"
#include "edge/json/journal_entry.hpp"
#include "edge/store/days.hpp"
#include "edge/store/raise.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

const char* settlement_text(flow::Settlement settlement) {
    switch (settlement) {
        case flow::Settlement::accepted:
            return "accepted";
        case flow::Settlement::refused:
            return "refused";
        case flow::Settlement::dead_lettered:
            return "dead_lettered";
    }
    return "?";
}

}  // namespace

/// One observation on its way, with where it came from and what became of it.
struct IngestStep::Fact {
    const core::Observation* observation;
    core::Instant now;
    flow::Accepted accepted;
    const Fact* twin = nullptr;  ///< the same key earlier in this very group
};

std::vector<std::int64_t> reserve_numbers(Session& session, const Query& query, std::size_t count) {
    std::vector<std::int64_t> numbers;
    if (count == 0) return numbers;
    long long number = 0;
    Call call = session.call(query);
    call.with("count", static_cast<std::int64_t>(count)).into(number);
    while (call.next()) numbers.push_back(number);
    while (numbers.size() < count)
        numbers.push_back(numbers.back() + 1);  // SQLite's single writer: the next ones are free
    return numbers;
}

IngestStep::Facts IngestStep::facts_of(std::span<Job* const> jobs) {
    Facts facts;
    for (Job* job : jobs) {
        auto& ingest = static_cast<IngestJob&>(*job);
        for (const core::Observation& observation : ingest.outcome_of_job.observations)
            facts.push_back({&observation, ingest.now, {}, nullptr});
    }
    return facts;
}

void IngestStep::number_facts(Session& session, Facts& facts) {
    const auto numbers = reserve_numbers(session, sql::ingest::reserve_observation_seqs, facts.size());
    for (std::size_t i = 0; i < facts.size(); ++i) facts[i].accepted.seq = numbers[i];
}

void IngestStep::claim_keys(Session& session, Facts& facts) {
    Bulk keys(sql::ingest::claim_observation_keys, {"source", "key", "seq"});
    std::map<std::pair<std::string_view, std::string_view>, const Fact*> first_here;
    for (Fact& fact : facts) {
        const auto [at, fresh] =
            first_here.try_emplace({fact.observation->source, fact.observation->key}, &fact);
        if (!fresh) fact.twin = at->second;
        if (fresh)
            keys.row({fact.observation->source, fact.observation->key, std::to_string(fact.accepted.seq)});
    }
    const std::set<std::int64_t> taken = keys.claim(session);
    for (Fact& fact : facts) {
        fact.accepted.repeated = fact.twin != nullptr || !taken.contains(fact.accepted.seq);
        if (!fact.accepted.repeated || fact.twin != nullptr) continue;
        std::string item;
        long long seq = 0;
        Call call = session.call(sql::ingest::find_observation);
        call.with("source", fact.observation->source).with("key", fact.observation->key).into(seq).into(item);
        if (call.next()) fact.accepted = {seq, true, ItemId::trusted(item)};
    }
}

void IngestStep::append_facts(Session& session, const Facts& facts) const {
    Bulk rows(sql::ingest::append_observations,
              {"seq", "source", "kind", "about", "item_key", "message_id", "account_id", "contact_id",
               "score", "class", "content", "occurred_at", "received_at", "day"});
    for (const Fact& fact : facts) {
        if (fact.accepted.repeated) continue;
        const core::Observation& o = *fact.observation;
        const core::Instant occurred = core::happened(o.occurred_at) ? o.occurred_at : fact.now;
        rows.row({std::to_string(fact.accepted.seq), o.source, o.kind, o.about, o.item_key, o.message.text(),
                  o.account.text(), o.contact.text(), std::to_string(o.score.value_or(-1)),
                  std::string(core::name_of(core::kAnswerClasses, o.answer_class)),
                  json::write_observation_content(o), std::to_string(core::to_us(occurred)),
                  std::to_string(core::to_us(fact.now)),
                  std::to_string(zone::civil_day(occurred, policies_->zone))});
    }
    rows.run(session);
}

void IngestStep::count(Session& session, const Facts& facts) const {
    std::map<std::tuple<std::int64_t, std::string, std::string, std::string>, std::int64_t>
        cells;  // in key order: no deadlocks
    for (const Fact& fact : facts)
        if (!fact.accepted.repeated)
            ++cells[{core::to_us(fact.now) / kDayUs, fact.observation->source, fact.observation->kind,
                     std::string(core::name_of(core::kAnswerClasses, fact.observation->answer_class))}];
    for (const auto& [cell, accepted] : cells) {
        const auto& [day, source, kind, answer_class] = cell;
        session.call(sql::ingest::count_observations)
            .with("day", day)
            .with("source", source)
            .with("kind", kind)
            .with("class", answer_class)
            .with("shard", shard_)
            .with("accepted", accepted)
            .run();
    }
}

void IngestStep::raise_items(Session& session, Facts& facts) {
    const core::Rules& rules = rules_.look(session);
    for (Fact& fact : facts)
        if (!fact.accepted.repeated)
            fact.accepted.item =
                raise_or_join(session, *policies_, rules, *fact.observation, fact.accepted.seq, fact.now);
    for (Fact& fact : facts)
        if (fact.twin != nullptr) fact.accepted = {fact.twin->accepted.seq, true, fact.twin->accepted.item};
}

void IngestStep::mark_answered(Session& session, const Facts& facts) {
    std::map<std::string, core::Instant> last;
    for (const Fact& fact : facts)
        if (!fact.accepted.repeated && !fact.observation->message.empty() &&
            fact.observation->answer_class != core::AnswerClass::likely_bot)
            last[fact.observation->message.text()] = fact.now;
    Bulk rows(sql::ingest::mark_answered, {"id", "at"});
    for (const auto& [message, at] : last) rows.row({message, std::to_string(core::to_us(at))});
    rows.run(session);
}

void IngestStep::append_outcomes(Session& session, std::span<Job* const> jobs) {
    Bulk rows(sql::ingest::append_outcomes, {"journal_id", "outcome", "status", "attempts", "detail", "at"});
    for (Job* job : jobs) {
        const auto& ingest = static_cast<IngestJob&>(*job);
        const flow::JobOutcome& o = ingest.outcome_of_job;
        if (o.journal_id != 0)
            rows.row({std::to_string(o.journal_id), settlement_text(o.settlement), std::to_string(o.status),
                      std::to_string(o.attempts), o.detail, std::to_string(core::to_us(ingest.now))});
    }
    rows.run(session);
}

void IngestStep::run(Session& session, std::span<Job* const> jobs) {
    Facts facts = facts_of(jobs);
    if (!facts.empty()) {
        number_facts(session, facts);
        claim_keys(session, facts);
        append_facts(session, facts);
        count(session, facts);
        raise_items(session, facts);
        mark_answered(session, facts);
    }
    append_outcomes(session, jobs);
    std::size_t next = 0;
    for (Job* job : jobs) {
        auto& ingest = static_cast<IngestJob&>(*job);
        std::vector<flow::Accepted> accepted;
        for (std::size_t i = 0; i < ingest.outcome_of_job.observations.size(); ++i)
            accepted.push_back(facts[next++].accepted);
        ingest.set(std::move(accepted));
    }
}

}  // namespace candour::store
