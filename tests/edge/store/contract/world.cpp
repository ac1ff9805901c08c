#include "edge/store/contract/world.hpp"

#include <stdexcept>

#include "edge/store/migrate.hpp"
#include "support/postgres.hpp"

namespace candour::store::contract {
namespace {

Target parsed(const std::string& url) {
    Result<Target> target = Target::parse(url);
    if (!target) throw std::runtime_error(target.error().message);
    return *target;
}

void migrate_or_throw(const Target& target) {
    const Result<Migrated> migrated = migrate(target, support::ManualClock::kStart);
    if (!migrated) throw std::runtime_error(migrated.error().message);
}

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

}  // namespace

Target empty_database(Dialect dialect, const support::TempDir& directory) {
    if (dialect == Dialect::sqlite) return parsed("sqlite:" + (directory / "candour.db").string());
    return parsed(support::Postgres::fresh_database());
}

Target migrated_database(Dialect dialect, const support::TempDir& directory) {
    if (dialect == Dialect::postgresql)
        return parsed(support::Postgres::fresh_database(
            "migrated", [](const std::string& url) { migrate_or_throw(parsed(url)); }));
    const Target target = empty_database(dialect, directory);
    migrate_or_throw(target);
    return target;
}

World::World(Dialect dialect, std::chrono::milliseconds silence)
    : directory_("store"), target(migrated_database(dialect, directory_)), database(io, target, silence) {}

void World::execute(const std::string& sql) const {
    Session(target).execute(sql);
}

void World::execute(const std::string& on_sqlite, const std::string& on_postgresql) const {
    execute(target.dialect == Dialect::sqlite ? on_sqlite : on_postgresql);
}

std::string World::ask(const std::string& sql) const {
    Session session(target);
    std::string value;
    session.raw() << sql, soci::into(value);
    return value;
}

void World::disarm() const {
    Session session(target);
    if (target.dialect == Dialect::postgresql) {
        for (const char* table : {"ledger", "ledger_contents", "ledger_checkpoints", "observations"})
            session.execute("ALTER TABLE " + std::string(table) + " DISABLE TRIGGER USER");
        return;
    }
    std::vector<std::string> triggers;
    std::string name;
    soci::statement each =
        (session.raw().prepare << "SELECT name FROM sqlite_master WHERE type = 'trigger'", soci::into(name));
    for (bool more = each.execute(true); more; more = each.fetch()) triggers.push_back(name);
    for (const std::string& trigger : triggers) session.execute("DROP TRIGGER " + trigger);
}

core::Contact World::customer(const std::string& email) {
    core::AccountRow account;
    account.account.ref = "A-1";
    account.account.name = "Analytical Engines";
    account.account.segment = core::Segment::reliable;
    account.owner_email = "grace@house.example";
    account.owner_name = "Grace";
    must(run(relationships.import_accounts({account}, {}, clock.now(), false)));
    core::ContactRow contact;
    contact.account_ref = "A-1";
    contact.contact.email = email;
    contact.contact.name = email.empty() ? "Nobody's Address" : email.substr(0, email.find('@'));
    must(run(relationships.import_contacts({contact}, {}, clock.now(), false)));
    for (const core::Contact& one : must(run(relationships.contacts())))
        if (one.email == email) return one;
    throw std::runtime_error("the contact is not there");
}

core::Observation World::answer(const core::Contact& contact, const std::string& key,
                                std::optional<int> score, const std::string& words) {
    core::Observation observation;
    observation.source = "surveys";
    observation.kind = "survey.answer";
    observation.key = key;
    observation.item_key = key;
    observation.about = "autumn";
    observation.contact = contact.id;
    observation.account = contact.account;
    observation.score = score;
    observation.verbatim = words;
    observation.answers = "{}";
    return observation;
}

std::vector<flow::Accepted> World::accept(std::vector<core::Observation> observations) {
    return must(run(journal.accept(std::move(observations))));
}

ItemId World::raise(const std::string& key) {
    return accept({answer(customer(), key)}).front().item;
}

core::Item World::item(const ItemId& id) {
    return must(run(items.find({id, 0}))).item;
}

flow::Command World::on(const ItemId& id) {
    return {{id, 0}, "tea_grace", item(id).version};
}

std::vector<std::string> World::events(const ItemId& id) {
    std::vector<std::string> names;
    for (const flow::HistoryEntry& entry : must(run(items.history(id))))
        names.emplace_back(core::name_of(core::kEvents, entry.event.event));
    return names;
}

void World::hear(const ItemId& id) {
    must(run(loop.hear(on(id), "You wait too long for an answer", false)));
}

void World::decide(const ItemId& id, bool will_change) {
    core::Decision decision;
    decision.will_change = will_change;
    decision.text = will_change ? "We answer within a day" : "We keep it as it is";
    decision.why = "Because it matters";
    decision.promised_by = clock.now() + 240h;
    must(run(loop.decide(on(id), decision)));
}

void World::change(const ItemId& id) {
    must(run(loop.change(on(id), "Two more people answer", "https://example.org/news")));
}

void World::bring_to_changed(const ItemId& id) {
    hear(id);
    decide(id);
    change(id);
}

void World::tell(const ItemId& id) {
    must(run(loop.tell(on(id))));
    deliver();
}

std::vector<flow::DueMessage> World::claim(const std::string& host) {
    return must(run(outbox.claim(host, clock.now(), clock.now() + 2min, 64)));
}

flow::Receipt World::receipt(const flow::DueMessage& message, flow::Fate fate, core::MessageState state) {
    flow::Receipt receipt;
    receipt.id = message.id;
    receipt.kind = message.kind;
    receipt.item = message.item;
    receipt.attempt = message.attempts;
    receipt.outcome.fate = fate;
    receipt.at = clock.now();
    receipt.state = state;
    receipt.recipient = message.address;
    return receipt;
}

void World::hand_over(const flow::DueMessage& message) {
    must(run(outbox.mark_transmitting(message.id, "host-a", clock.now() + 12min)));
    flow::Receipt done = receipt(message, flow::Fate::handed_over, core::MessageState::handed_over);
    done.outcome.code = 250;
    done.composed = {"sender@house.example", "What came of it", "the words"};
    must(run(outbox.record(std::move(done))));
}

void World::deliver() {
    clock.advance(31s);
    for (const flow::DueMessage& message : claim()) hand_over(message);
}

Verification World::verify() const {
    Session session(target);
    return verify_ledger(session, [](std::int64_t) {});
}

Rebuilt World::rebuild(bool repair) const {
    Session session(target);
    return store::rebuild(session, repair, [](std::int64_t) {});
}

void World::checkpoint() {
    std::function<Done(Session&)> work = [now = clock.now()](Session& session) {
        append_checkpoint(session, now);
        return done();
    };
    must(run(database.write<Nothing>(std::move(work))));
}

}  // namespace candour::store::contract
