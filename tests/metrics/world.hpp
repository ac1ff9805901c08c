/// A store with the real metric plugins on top, as the host wires them.
#pragma once
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <string>

#include "edge/plugin/registry.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/metrics.hpp"
#include "edge/store/tallies.hpp"
#include "flow/metrics/figures.hpp"
#include "zone/civil.hpp"

namespace candour::metrics {

using namespace std::chrono_literals;
namespace bj = boost::json;

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

inline const bj::value& part(const bj::value& figure, std::initializer_list<std::string_view> path) {
    const bj::value* at = &figure;
    for (const std::string_view name : path) at = &at->as_object().at(name);
    return *at;
}

class World {
 public:
    explicit World(store::Dialect dialect,
                   std::vector<std::string> plugins = {"relationship_nps", "advocacy_rate"},
                   plugin::Isolation isolation = {})
        : store(dialect), registry(services(std::move(isolation))) {
        for (const std::string& name : plugins) load(std::filesystem::path(PLUGINS) / name);
    }
    ~World() { store.run(registry.stop_all(5s)); }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    void load(const std::filesystem::path& folder) { must(store.run(registry.load(folder))); }

    core::Day today() const { return zone::civil_day(store.clock.now(), "UTC"); }
    core::Instant noon(core::Day day) const { return core::Instant{std::chrono::days{day}} + 12h; }

    /// Known for two years, unless a test says otherwise.
    core::Contact contact(const std::string& email, const std::string& account = "A-1",
                          core::Level level = core::Level::operational, std::int64_t revenue = 100) {
        core::AccountRow house;
        house.account.ref = house.account.name = account;
        house.account.segment = core::Segment::reliable;
        house.account.annual_revenue = revenue;
        must(store.run(store.relationships.import_accounts({house}, {}, store.clock.now(), false)));
        core::ContactRow row;
        row.account_ref = account;
        row.contact.name = row.contact.email = email;
        row.contact.level = level;
        row.known_since = core::date_text(today() - 800);
        must(store.run(store.relationships.import_contacts({row}, {}, store.clock.now(), false)));
        for (const core::Contact& one : must(store.run(store.relationships.contacts())))
            if (one.email == email && one.account.text() == account_id(account)) return one;
        throw std::runtime_error("the contact is not there");
    }
    std::string account_id(const std::string& ref) {
        for (const core::Account& one : must(store.run(store.relationships.accounts())))
            if (one.ref == ref) return one.id.text();
        return {};
    }
    void change(const core::Contact& contact, const std::string& account, core::Level level,
                bool active = true) {
        core::ContactRow row;
        row.account_ref = account;
        row.contact = contact;
        row.contact.level = level;
        row.contact.active = active;
        must(store.run(store.relationships.import_contacts({row}, {}, store.clock.now(), false)));
    }

    core::Observation answer(const core::Contact& contact, int score, core::Instant at,
                             const std::string& key, const std::string& kind = "relationship.answer") const {
        core::Observation fact;
        fact.source = "relationship_nps";
        fact.kind = fact.about = kind;
        fact.key = fact.item_key = key;
        fact.contact = contact.id;
        fact.account = contact.account;
        fact.score = score;
        fact.answers = "{}";
        fact.occurred_at = at;
        fact.raise = false;
        return fact;
    }
    void accept(std::vector<core::Observation> facts) {
        must(store.run(store.journal.accept(std::move(facts))));
    }
    void catch_up(std::chrono::milliseconds patience = 60s) {
        must(support::run_task(store.io, cursor.catch_up(), patience));
    }

    flow::FigureAnswer ask(flow::FigureQuery query) {
        return must(store.run(figures.answer(std::move(query))));
    }
    bj::value figure(const std::string& metric, std::optional<core::Day> as_of = std::nullopt,
                     flow::FigureScope scope = {}) {
        flow::FigureQuery query;
        query.metric = metric;
        query.as_of = as_of;
        query.scope = std::move(scope);
        return bj::parse(ask(std::move(query)).rows.front().figure.document);
    }

    store::contract::World store;
    plugin::Registry registry;
    store::Metrics metrics{store.database};
    store::Tallies tallies{store.database};
    std::function<core::Day(core::Instant)> day_of = [](core::Instant at) {
        return zone::civil_day(at, "UTC");
    };
    flow::MetricCursor cursor{{metrics, registry, store.clock, day_of, "host-a", &tallies}};
    flow::Figures figures{{metrics, registry, cursor, store.clock, day_of, 1, &tallies}};

 private:
    plugin::HostServices services(plugin::Isolation isolation) {
        plugin::HostServices made{store.io, store.clock, store.plugin_state, store.journal, store.outbox,
                                  nullptr,  nullptr};
        made.isolation = std::move(isolation);
        return made;
    }
};

}  // namespace candour::metrics
