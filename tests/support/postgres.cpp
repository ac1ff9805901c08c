#include "support/postgres.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace candour::support {
namespace {

struct Lent {
    std::string database;
    std::string test;
};

struct Shared {
    PostgresServer server{PostgresServer::Settings{}};
    std::vector<Lent> lent;
    std::set<std::string> prepared;
    int made = 0;
};

std::unique_ptr<Shared>& shared() {
    static std::unique_ptr<Shared> instance;
    return instance;
}

Shared& started() {
    if (!shared()) shared() = std::make_unique<Shared>();
    return *shared();
}

/// Stops the server before static objects are destroyed, and between two rounds of --gtest_repeat.
class StopsPostgres final : public testing::Environment {
 public:
    void TearDown() override { shared().reset(); }
};
[[maybe_unused]] const testing::Environment* const kStopsPostgres =
    testing::AddGlobalTestEnvironment(new StopsPostgres);

/// Empty outside of a test.
std::string current_test() {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    return test == nullptr ? "" : std::string(test->test_suite_name()) + "." + test->name();
}

void drop_those_of_other_tests(Shared& postgres) {
    const std::string now = current_test();
    const auto done = [&](const Lent& lent) { return !lent.test.empty() && lent.test != now; };
    for (const Lent& lent : postgres.lent)
        if (done(lent)) postgres.server.execute("DROP DATABASE IF EXISTS " + lent.database + " WITH (FORCE)");
    std::erase_if(postgres.lent, done);
}

std::string copy_of(const std::string& original) {
    Shared& postgres = started();
    drop_those_of_other_tests(postgres);
    const std::string name = "t_" + std::to_string(++postgres.made);
    postgres.server.execute("CREATE DATABASE " + name + " TEMPLATE " + original);
    postgres.lent.push_back({name, current_test()});
    return postgres.server.url(name);
}

}  // namespace

PostgresServer& Postgres::server() {
    return started().server;
}

std::string Postgres::fresh_database() {
    started().server.start();
    return copy_of("template0");
}

std::string Postgres::fresh_database(const std::string& kind,
                                     const std::function<void(const std::string&)>& prepare) {
    Shared& postgres = started();
    postgres.server.start();
    const std::string name = "like_" + kind;
    if (!postgres.prepared.contains(kind)) {
        postgres.server.execute("DROP DATABASE IF EXISTS " + name);
        postgres.server.execute("CREATE DATABASE " + name + " TEMPLATE template0");
        prepare(postgres.server.url(name));
        postgres.prepared.insert(kind);
    }
    return copy_of(name);
}

}  // namespace candour::support
