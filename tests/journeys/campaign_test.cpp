/// A campaign outlives its hosts: whatever dies, and whenever, nobody is asked twice and nobody is forgotten.
#include <fstream>
#include <map>

#include "journeys/journey.hpp"
#include "support/eventually.hpp"
#include "support/postgres.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

class Wave : public Journey {
 protected:
    /// So many people at Heron, and at each of `accounts` more.
    void bring_in(int people, int accounts = 0) {
        std::string refs = "ref,name,segment\n", rows = "account_ref,name,email,level,language\n";
        for (int i = 0; i < accounts; ++i)
            refs += "W-" + std::to_string(i) + ",Wave " + std::to_string(i) + ",reliable\n";
        for (int i = 0; i < people; ++i)
            rows += (accounts == 0 ? "A-3" : "W-" + std::to_string(i % accounts)) + ",Person " +
                    std::to_string(i) + "," + address(i) + ",operational,en\n";
        if (accounts > 0) house.command({"import", "accounts", "-"}, refs);
        house.command({"import", "contacts", "-"}, rows);
    }
    static std::string address(int i) { return "p" + std::to_string(i) + "@wave.example"; }
    /// How many mails each of them got.
    std::map<std::string, int> arrived() const {
        std::map<std::string, int> mails;
        for (const std::string& raw : sink.mails()) {
            const std::size_t end = raw.find("@wave.example>"), begin = raw.rfind('<', end);
            if (end != std::string::npos) ++mails[raw.substr(begin + 1, end - begin - 1)];
        }
        return mails;
    }
    void expect_nobody_twice() const {
        for (const auto& [who, times] : arrived()) EXPECT_EQ(times, 1) << who;
    }
    static json::value shown(const House& by, const std::string& id) {
        return by.json({"campaign", "show", id});
    }
    static int count(const json::value& campaign, const std::string& what) {
        return std::stoi(text(campaign, ("/progress/" + what).c_str()));
    }
};

using TwoHosts = Wave;

TEST_P(TwoHosts, SendOneCampaignAndOneOfThemDiesInItsMidst) {
    open();
    constexpr int kPeople = 150;
    bring_in(kPeople);
    House second(House::Beside{house});
    second.start();
    const std::string id =
        text(house.json({"campaign", "send", "relationship_nps", "--account", "A-3"}), "/id");
    ASSERT_TRUE(eventually([&] { return sink.mails().size() >= 20; }));
    house.kill();
    second.advance(13min);  // beyond every lease of the one that died
    ASSERT_TRUE(eventually([&] { return count(shown(second, id), "waiting") == 0; }));
    expect_nobody_twice();
    const json::value end = shown(second, id);
    EXPECT_EQ(count(end, "sent") + count(end, "undelivered"), kPeople + 1)
        << "Ravi and the wave; what was in the air is never repeated: " << json::serialize(end);
    EXPECT_GE(static_cast<int>(arrived().size()) + 1, count(end, "sent")) << "whoever counts as sent has it";
}

INSTANTIATE_TEST_SUITE_P(On, TwoHosts, testing::Values(Kind::postgresql), name_of);

TEST_P(Wave, IsPlannedOnceForEverybodyHoweverOftenItsHostDies) {
    open();
    constexpr int kPeople = 3'000;
    bring_in(kPeople, 30);
    const std::string id = text(house.json({"campaign", "send", "relationship_nps", "--segment", "reliable",
                                            "--at", house.date(20) + "T09:00:00Z"}),
                                "/id");
    for (int deaths = 0; deaths < 3; ++deaths) {
        house.kill();
        house.start();
    }
    ASSERT_TRUE(eventually([&] { return text(shown(house, id), "/state") == "planned"; }));
    const json::value planned = shown(house, id);
    // Those of the journey's own accounts of this segment come on top.
    EXPECT_EQ(count(planned, "asked"), kPeople + 3) << json::serialize(planned);
    std::map<std::string, int> asked;
    const Tables tables = read_tables(house.database());
    for (const std::string& row : tables.at("messages"))
        if (row.find(" | invitation | ") != std::string::npos) ++asked[row.substr(row.find("con_"), 30)];
    EXPECT_EQ(asked.size(), static_cast<std::size_t>(kPeople + 3));
    for (const auto& [contact, times] : asked) EXPECT_EQ(times, 1) << contact;
}

INSTANTIATE_TEST_SUITE_P(On, Wave, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

/// The database as somebody keeps it away and puts it back, while no host runs.
class Backup : public Wave {
 protected:
    void keep() const {
        std::filesystem::create_directory(kept());
        GetParam() == Kind::sqlite ? move_files(house.folder(), kept())
                                   : copy_database(name(), name() + "_kept");
    }
    void put_back() const {
        GetParam() == Kind::sqlite ? move_files(kept(), house.folder())
                                   : copy_database(name() + "_kept", name());
    }
    json::value sending() const { return get("/api/v1/sending"); }

 private:
    std::filesystem::path kept() const { return house.folder() / "kept"; }
    std::string name() const { return house.database().substr(house.database().rfind('/') + 1); }
    static void copy_database(const std::string& from, const std::string& to) {
        support::PostgresServer& server = support::Postgres::server();
        server.execute("DROP DATABASE IF EXISTS " + to + " WITH (FORCE)");
        server.execute("CREATE DATABASE " + to + " TEMPLATE " + from);
    }
    static void move_files(const std::filesystem::path& from, const std::filesystem::path& to) {
        for (const char* name : {"candour.db", "candour.db-wal", "candour.db-shm"}) {
            std::filesystem::remove(to / name);
            if (std::filesystem::exists(from / name)) std::filesystem::copy_file(from / name, to / name);
        }
    }
};

TEST_P(Backup, ThatIsRestoredAsksNobodyTwiceAndSendsOnlyWhenToldTo) {
    std::filesystem::remove(house.folder() / "token");
    house.command({"token", "create", "--name", "keeper", "--scope", "read,write,send,admin", "--save"});
    open();
    constexpr int kPeople = 60;
    bring_in(kPeople);
    const std::string id =
        text(house.json({"campaign", "send", "relationship_nps", "--account", "A-3", "--over", "2h"}), "/id");
    ASSERT_TRUE(eventually([&] { return text(shown(house, id), "/planning") == "null"; }));
    house.stop();
    keep();
    house.start();
    house.advance(1h);
    ASSERT_TRUE(eventually([&] { return sink.mails().size() >= 10; }));
    house.stop();
    put_back();
    house.start();
    EXPECT_NE(text(sending(), "/stopped_at"), "null") << "the database knows of fewer mails than left";
    const std::size_t before = sink.mails().size();
    house.advance(30min);
    const int in_doubt = std::stoi(text(sending(), "/in_doubt"));
    EXPECT_GE(in_doubt, static_cast<int>(before)) << "each of those that left is in doubt";
    const json::value gone_on = house.json({"campaign", "reconcile"});
    EXPECT_EQ(text(gone_on, "/given_up"), std::to_string(in_doubt));
    EXPECT_EQ(sink.mails().size(), before) << "nothing had left until then";
    house.advance(2h);
    ASSERT_TRUE(eventually([&] { return count(shown(house, id), "waiting") == 0; }));
    expect_nobody_twice();
    const json::value end = shown(house, id);
    EXPECT_EQ(count(end, "unknown"), in_doubt);
    EXPECT_EQ(count(end, "sent") + count(end, "unknown"), kPeople + 1) << json::serialize(end);
}

INSTANTIATE_TEST_SUITE_P(On, Backup, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
