/// How fast answers of another tool come in: a CSV file through the plugin `imports`, the look for whose each
/// is and the store, beside the bare append of the same rows to the same tables, in the same groups.
///     answer_import [ANSWERS]
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "candour_queries.hpp"
#include "edge/json/journal_entry.hpp"
#include "edge/store/imported_people.hpp"
#include "edge/store/known_facts.hpp"
#include "flow/ingest/import_desk.hpp"
#include "metrics/world.hpp"

namespace candour::bench {
namespace {

using metrics::must;
using metrics::World;

constexpr int kContacts = 10'000;
/// As many rows as a piece of a file has.
constexpr int kGroup = 9'000;

std::string address(int i) {
    return "contact-" + std::to_string(i % kContacts) + "@example.com";
}
std::string words(int i) {
    return "You called back within the hour, number " + std::to_string(i);
}

std::vector<core::Contact> people(World& world) {
    core::AccountRow account;
    account.account.ref = account.account.name = "A-1";
    must(world.store.run(
        world.store.relationships.import_accounts({account}, {}, world.store.clock.now(), false)));
    std::vector<core::ContactRow> rows;
    for (int i = 0; i < kContacts; ++i) {
        core::ContactRow row;
        row.line = i;
        row.account_ref = "A-1";
        row.contact.name = row.contact.email = address(i);
        rows.push_back(std::move(row));
    }
    must(world.store.run(
        world.store.relationships.import_contacts(std::move(rows), {}, world.store.clock.now(), false)));
    return must(world.store.run(world.store.relationships.contacts()));
}

std::string file_of(int answers) {
    std::string text = "id,email,date,score,comment\r\n";
    for (int i = 0; i < answers; ++i)
        text += std::to_string(i) + "," + address(i) + ",2025-03-" + std::to_string(10 + i % 20) +
                " 12:00:00," + std::to_string(i % 11) + (i % 4 == 0 ? ",\"" + words(i) + "\"\r\n" : ",\r\n");
    return text;
}

template <class Work>
double per_second(int answers, Work work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return answers / took.count();
}

struct Rows {
    store::Bulk keys{sql::ingest::claim_observation_keys, {"source", "key", "seq"}};
    store::Bulk facts{sql::ingest::append_observations,
                      {"seq", "source", "kind", "about", "item_key", "message_id", "account_id", "contact_id",
                       "score", "class", "content", "occurred_at", "received_at", "day"}};
};

/// The rows that an import leaves behind, without a question asked.
double appended(store::Dialect dialect, int answers) {
    World world(dialect, {"imports"});
    const std::vector<core::Contact> contacts = people(world);
    return per_second(answers, [&] {
        for (int from = 0; from < answers; from += kGroup)
            must(world.store.run(
                world.store.database.write<Nothing>([&, from](store::Session& session) -> Done {
                    Rows rows;
                    for (int i = from; i < std::min(answers, from + kGroup); ++i) {
                        const core::Contact& contact = contacts[static_cast<std::size_t>(i % kContacts)];
                        core::Observation fact;
                        if (i % 4 == 0) fact.verbatim = words(i);
                        fact.answers = R"({"answered":"2025-03-12 12:00:00","zone":"Europe/Zurich"})";
                        const std::string seq = std::to_string(i + 1), key = "csv/bench/" + std::to_string(i);
                        rows.keys.row({"imports", key, seq});
                        rows.facts.row({seq, "imports", "survey.answer", "bench", key, "",
                                        contact.account.text(), contact.id.text(), std::to_string(i % 11),
                                        "unverified", json::write_observation_content(fact),
                                        "1741780800000000", "1741780800000000", "20159"});
                    }
                    rows.keys.claim(session);
                    rows.facts.run(session);
                    return done();
                })));
    });
}

double imported(store::Dialect dialect, int answers, const std::string& file) {
    World world(dialect, {"imports"});
    people(world);
    store::ImportedPeople known_people{world.store.database};
    store::KnownFacts known{world.store.database};
    const auto on_wall = [](const flow::WallTime& wall) {
        return zone::instant_of(wall.on, wall.at, wall.zone);
    };
    const flow::CivilDays days{{}, [](core::Instant at) { return zone::civil_date(at, "UTC"); }};
    flow::ImportDesk desk({world.registry, world.store.relationships, known_people, world.store.journal,
                           known, world.store.clock, days, on_wall});
    flow::ImportPiece whole;
    whole.import = "csv";
    whole.bytes = file;
    whole.options = R"({"survey":"bench","zone":"Europe/Zurich"})";
    return per_second(answers, [&] {
        const flow::FileReport report = must(support::run_task(
            world.store.io, desk.file("imports", std::move(whole), {}), std::chrono::minutes(15)));
        if (report.fresh != answers)
            std::fprintf(stderr, "answer_import: %lld of %d came in\n", static_cast<long long>(report.fresh),
                         answers);
    });
}

void measure(const char* name, store::Dialect dialect, int answers, const std::string& file) {
    const double bare = appended(dialect, answers), real = imported(dialect, answers, file);
    std::printf("  %-12s %8.0f rows/s appended %8.0f answers/s imported   ratio %.2f   goal 0.50\n", name,
                bare, real, real / bare);
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    const int answers = count > 1 ? std::atoi(arguments[1]) : 1'000'000;
    const std::string file = bench::file_of(answers);
    std::printf("%d answers of %d people, %.0f MiB\n", answers, bench::kContacts,
                static_cast<double>(file.size()) / (1 << 20));
    bench::measure("SQLite", store::Dialect::sqlite, answers, file);
    bench::measure("PostgreSQL", store::Dialect::postgresql, answers, file);
    return 0;
}
