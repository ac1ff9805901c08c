/// How fast contacts come in: the import of a file beside the bare append of the same rows to the same
/// tables.
///     contact_import [CONTACTS]
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "candour_queries.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/history.hpp"

namespace candour::bench {
namespace {

using store::contract::World;

std::vector<core::ContactRow> contacts(int count) {
    std::vector<core::ContactRow> rows;
    for (int i = 0; i < count; ++i) {
        core::ContactRow row;
        row.line = i + 2;
        row.account_ref = "account-" + std::to_string(i % 1000);
        row.contact.name = "Contact " + std::to_string(i);
        row.contact.email = "contact-" + std::to_string(i) + "@example.com";
        row.contact.language = "en";
        row.contact.zone = "Europe/Zurich";
        rows.push_back(std::move(row));
    }
    return rows;
}

constexpr std::size_t kPiece = 5'000;  // as the command line sends them

template <class T>
void must(const Result<T>& result) {
    if (result) return;
    std::fprintf(stderr, "contact_import: %s\n", result.error().message.c_str());
    std::exit(1);
}

void import_accounts(World& world) {
    std::vector<core::AccountRow> rows;
    for (int i = 0; i < 1000; ++i) {
        core::AccountRow row;
        row.account.ref = "account-" + std::to_string(i);
        row.account.name = "Account " + std::to_string(i);
        rows.push_back(std::move(row));
    }
    must(world.run(world.relationships.import_accounts(std::move(rows), {}, world.clock.now(), false)));
}

template <class Step>
double rows_a_second(const std::vector<core::ContactRow>& rows, Step step) {
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t at = 0; at < rows.size(); at += kPiece) {
        const auto first = rows.begin() + static_cast<std::ptrdiff_t>(at);
        step(std::vector(first, first + static_cast<std::ptrdiff_t>(std::min(kPiece, rows.size() - at))));
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return static_cast<double>(rows.size()) / took.count();
}

double imported(store::Dialect dialect, const std::vector<core::ContactRow>& rows) {
    World world(dialect);
    import_accounts(world);
    return rows_a_second(rows, [&](std::vector<core::ContactRow> piece) {
        must(world.run(world.relationships.import_contacts(std::move(piece), {}, world.clock.now(), false)));
    });
}

/// The rows that an import leaves behind, without a question asked.
Done append(store::Session& session, const std::vector<core::ContactRow>& piece, const std::string& account) {
    store::Bulk contacts(sql::relationship::add_contacts,
                         {"id", "account_id", "email", "name", "level", "language", "zone", "active", "now"});
    store::HistoryRows history;
    for (const core::ContactRow& row : piece) {
        const std::string id = crypto::new_id<ContactId>(core::from_us(row.line)).text();
        contacts.row({id, account, row.contact.email, row.contact.name, "operational", "en", row.contact.zone,
                      "1", "1"});
        for (const char* what : {"known_since", "level", "active"})
            history.add(account, id, what, "1", {20'000, core::from_us(1)});
    }
    contacts.run(session);
    history.write(session);
    return done();
}

double appended(store::Dialect dialect, const std::vector<core::ContactRow>& rows) {
    World world(dialect);
    import_accounts(world);
    const std::string account = world.ask("SELECT id FROM accounts LIMIT 1");
    return rows_a_second(rows, [&](std::vector<core::ContactRow> piece) {
        must(world.run(
            world.database.write<Nothing>([piece = std::move(piece), account](store::Session& session) {
                return append(session, piece, account);
            })));
    });
}

void measure(const char* name, store::Dialect dialect, const std::vector<core::ContactRow>& rows) {
    const double bare = appended(dialect, rows), real = imported(dialect, rows);
    std::printf("  %-12s %8.0f rows/s appended %8.0f contacts/s imported   ratio %.2f   goal 0.50\n", name,
                bare, real, real / bare);
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    const int contacts = count > 1 ? std::atoi(arguments[1]) : 100'000;
    std::printf("%d contacts\n", contacts);
    const auto rows = candour::bench::contacts(contacts);
    candour::bench::measure("SQLite", candour::store::Dialect::sqlite, rows);
    candour::bench::measure("PostgreSQL", candour::store::Dialect::postgresql, rows);
}
