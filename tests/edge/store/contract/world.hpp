/// A fresh, migrated database of the asked kind with everything of edge/store over it, as the host would
/// build it.
#pragma once
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "edge/store/calendars.hpp"
#include "edge/store/commitments.hpp"
#include "edge/store/items.hpp"
#include "edge/store/journal.hpp"
#include "edge/store/ledger_check.hpp"
#include "edge/store/links.hpp"
#include "edge/store/many_items.hpp"
#include "edge/store/outbox.hpp"
#include "edge/store/plugin_state.hpp"
#include "edge/store/relationships.hpp"
#include "edge/store/reminders.hpp"
#include "edge/store/team_mail.hpp"
#include "edge/store/themes.hpp"
#include "edge/store/tokens.hpp"
#include "flow/loop/belonging.hpp"
#include "flow/loop/loop.hpp"
#include "flow/loop/reminders.hpp"
#include "flow/loop/themes.hpp"
#include "support/manual_clock.hpp"
#include "support/run_task.hpp"
#include "support/temp_dir.hpp"

namespace candour::store::contract {

using namespace std::chrono_literals;

class World final {
 public:
    explicit World(Dialect dialect, std::chrono::milliseconds silence = 8s);

    template <class T>
    T run(flow::Task<T> task) {
        return support::run_task(io, std::move(task));
    }
    /// The writer is held until all of them wait in its queue; they are then one group, in this order.
    template <class T>
    std::vector<T> in_one_group(std::vector<flow::Task<T>> tasks);

    // As somebody with the database's own tools does it.
    void execute(const std::string& sql) const;
    std::string ask(const std::string& sql) const;
    long long count(const std::string& sql) const { return std::stoll(ask(sql)); }
    /// Both, for what differs.
    void execute(const std::string& on_sqlite, const std::string& on_postgresql) const;
    /// The triggers that protect the ledger are gone, as after an attack on the file.
    void disarm() const;

    core::Contact customer(const std::string& email = "ada@example.org");
    static core::Observation answer(const core::Contact& contact, const std::string& key,
                                    std::optional<int> score = 3,
                                    const std::string& words = "It takes too long");
    std::vector<flow::Accepted> accept(std::vector<core::Observation> observations);
    /// An item of Ada's.
    ItemId raise(const std::string& key = "k1");

    core::Item item(const ItemId& id);
    flow::Command on(const ItemId& id);
    std::vector<std::string> events(const ItemId& id);
    void hear(const ItemId& id);
    void decide(const ItemId& id, bool will_change = true);
    void change(const ItemId& id);
    void bring_to_changed(const ItemId& id);
    /// The closing message is requested, leaves and is handed over.
    void tell(const ItemId& id);

    std::vector<flow::DueMessage> claim(const std::string& host = "host-a");
    flow::Receipt receipt(const flow::DueMessage& message, flow::Fate fate, core::MessageState state);
    void hand_over(const flow::DueMessage& message);
    /// Time passes the undo window, and everything that is due is handed over.
    void deliver();

    Verification verify() const;
    Rebuilt rebuild(bool repair) const;
    void checkpoint();

 private:
    support::TempDir directory_;

 public:
    Target target;
    boost::asio::io_context io;
    support::ManualClock clock;
    std::shared_ptr<core::Policies> policies = std::make_shared<core::Policies>();
    Database database;
    Items items{database};
    Journal journal{database, clock, policies, 0};
    Links links{database, clock};
    Outbox outbox{database, clock};
    PluginState plugin_state{database, clock};
    Relationships relationships{database};
    Tokens tokens{database};
    ManyItems many{database};
    Themes theme_store{database};
    Commitments promises{database};
    Calendars calendars{database};
    Reminders reminder_store{database, policies};
    TeamMail team_mail{database, policies};
    flow::Loop loop{items, clock, policies};
    flow::Themes themes{theme_store, many, clock, policies};
    flow::Belonging belonging{many, promises, calendars, clock};
    flow::Reminders reminders{reminder_store, clock, policies, "host-a"};
};

template <class T>
std::vector<T> World::in_one_group(std::vector<flow::Task<T>> tasks) {
    std::promise<void> gate;
    std::function<Done(Session&)> hold = [open = gate.get_future().share()](Session&) {
        open.wait();
        return done();
    };
    std::vector<std::optional<T>> outcomes(tasks.size());
    bool held = false;
    boost::asio::co_spawn(io, database.write<Nothing>(std::move(hold)),
                          [&held](std::exception_ptr, Done) { held = true; });
    io.restart();
    io.poll();
    for (std::size_t i = 0; i < tasks.size(); ++i)
        boost::asio::co_spawn(io, std::move(tasks[i]), [&slot = outcomes[i]](std::exception_ptr, T value) {
            slot.emplace(std::move(value));
        });
    io.poll();
    gate.set_value();
    const auto all = [&] {
        return held &&
               std::all_of(outcomes.begin(), outcomes.end(), [](const auto& one) { return one.has_value(); });
    };
    EXPECT_TRUE(support::eventually(io, all));
    std::vector<T> values;
    for (std::optional<T>& one : outcomes) values.push_back(one ? std::move(*one) : T());
    return values;
}

class Contract : public testing::TestWithParam<Dialect> {
 protected:
    bool sqlite() const { return GetParam() == Dialect::sqlite; }
    World world{GetParam()};
};

inline auto both() {
    return testing::Values(Dialect::sqlite, Dialect::postgresql);
}
inline std::string named(const testing::TestParamInfo<Dialect>& info) {
    return info.param == Dialect::sqlite ? "Sqlite" : "Postgresql";
}

/// A new database that nothing was done to yet, and one with all migrations.
Target empty_database(Dialect dialect, const support::TempDir& directory);
Target migrated_database(Dialect dialect, const support::TempDir& directory);

}  // namespace candour::store::contract
