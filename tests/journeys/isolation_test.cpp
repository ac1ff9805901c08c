/// Plugins in processes that the kernel fences in, and what a customer notices when such a process dies:
/// nothing.
#include <signal.h>

#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

class Isolation : public Journey {
 protected:
    void open_sandboxed() {
        open();
        house.stop();
        house.start({"--plugin-mode", "sandbox"});
    }
    std::vector<std::string> states() const {
        std::vector<std::string> found;
        const json::value document = house.json({"plugin", "list"});
        for (const json::value& plugin : document.at("plugins").as_array())
            found.push_back(text(plugin, "/state") + " in " + text(plugin, "/isolation"));
        return found;
    }
    bool all_run() const {
        const std::vector<std::string> found = states();
        return std::all_of(found.begin(), found.end(),
                           [](const std::string& state) { return state == "running in sandbox"; });
    }
    void kill_every_worker() {
        for (const pid_t worker : support::children_of(house.host().pid())) ::kill(worker, SIGKILL);
    }
};

TEST_P(Isolation, AWorkerThatDiesUnderAnAnswerLosesNoWord) {
    open_sandboxed();
    ASSERT_TRUE(all_run());
    const Page page = browser().get(survey_link("dele@moss.example"));
    house.advance(5s);
    kill_every_worker();
    const Page received = browser().submit(page.forms().at(0), {{"a", "3"}, {"why", "Do not lose me."}});
    EXPECT_TRUE(received.status == 200 || received.status == 202) << received.status;
    ASSERT_TRUE(support::eventually([&] { return all_run(); }));
    house.advance(1h);
    ASSERT_TRUE(support::eventually([&] { return items() == 1; }));
    EXPECT_EQ(text(item("LP-1"), "/verbatim"), "Do not lose me.");
    EXPECT_EQ(read_tables(house.database()).at("observations").size(), 1U);
    EXPECT_TRUE(house.json({"plugin", "dead-letters", "list"}).at("dead_letters").as_array().empty());
    expect_true_ledger();
}

TEST_P(Isolation, NoWorkerOutlivesItsHost) {
    open_sandboxed();
    const std::vector<pid_t> workers = support::children_of(house.host().pid());
    ASSERT_GE(workers.size(), 4U);
    house.kill();
    EXPECT_TRUE(
        support::eventually([&] { return std::none_of(workers.begin(), workers.end(), support::alive); }));
}

INSTANTIATE_TEST_SUITE_P(On, Isolation, testing::Values(Kind::sqlite), name_of);

}  // namespace
}  // namespace candour::journeys
