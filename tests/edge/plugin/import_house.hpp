/// What an import needs of a host beside its plugins: people, accounts and facts in memory.
#pragma once
#include <map>

#include "edge/plugin/world.hpp"
#include "flow/ingest/import_desk.hpp"

namespace candour::plugin {

class MemoryPeople final : public flow::ImportedPeople, public flow::Relationships, public flow::KnownFacts {
 public:
    flow::Task<Result<std::vector<Result<flow::FoundPerson>>>> find(
        std::vector<flow::ImportedPerson> people) override {
        std::vector<Result<flow::FoundPerson>> found;
        for (const flow::ImportedPerson& person : people) {
            const auto by_name = names.find(person.id), by_address = addresses.find(person.email);
            if (by_name != names.end())
                found.push_back(by_name->second);
            else if (by_address != addresses.end())
                found.push_back(by_address->second);
            else
                found.push_back(Error{ErrorCode::not_found, "nobody is called " + person.id + person.email});
        }
        co_return found;
    }
    flow::Task<Done> remember(std::vector<flow::NamedElsewhere> more, core::Instant) override {
        for (const flow::NamedElsewhere& one : more) names[one.ref] = {one.contact, AccountId(IdBytes{7})};
        co_return done();
    }
    flow::Task<Result<flow::ImportReport>> import_accounts(std::vector<core::AccountRow>, flow::Doer,
                                                           core::Instant, bool) override {
        co_return flow::ImportReport();
    }
    flow::Task<Result<flow::ImportReport>> import_contacts(std::vector<core::ContactRow> rows, flow::Doer,
                                                           core::Instant, bool dry_run) override {
        flow::ImportReport report;
        report.added = static_cast<int>(rows.size());
        for (const core::ContactRow& row : rows) created.push_back(row);
        for (const core::ContactRow& row : rows)
            if (!dry_run) know(row.contact.email);
        co_return report;
    }
    flow::Task<Result<std::vector<core::Account>>> accounts() override {
        core::Account account;
        account.ref = "A-1";
        account.name = "Brass Otter";
        co_return std::vector<core::Account>{account};
    }
    flow::Task<Result<std::vector<core::Contact>>> contacts() override {
        co_return std::vector<core::Contact>();
    }
    flow::Task<Result<core::Contact>> contact(std::string) override {
        co_return Error{ErrorCode::not_found, "nobody"};
    }
    flow::Task<Result<core::Teammate>> teammate(std::string, std::string, core::Instant) override {
        co_return core::Teammate();
    }
    flow::Task<Result<std::set<std::string>>> known(std::string, std::vector<std::string>) override {
        co_return known_keys;
    }
    flow::FoundPerson know(const std::string& email) {
        IdBytes id{9};
        id[1] = static_cast<std::uint8_t>(addresses.size());
        return addresses[email] = {ContactId(id), AccountId(IdBytes{7})};
    }

    std::map<std::string, flow::FoundPerson> addresses, names;
    std::vector<core::ContactRow> created;
    std::set<std::string> known_keys;
};

/// Walls show UTC here, but in a zone called "Far/East", where they are nine hours ahead.
struct ImportHouse {
    explicit ImportHouse(World& its) : world(its) {}

    flow::ImportDesk desk() {
        const auto on_wall = [](const flow::WallTime& wall) -> Result<core::Instant> {
            const core::Instant at = core::Instant(std::chrono::sys_days(wall.on)) + wall.at;
            if (wall.zone.empty()) return at;
            if (wall.zone == "Far/East") return at - std::chrono::hours(9);
            return Error{ErrorCode::not_found, "there is no zone \"" + wall.zone + "\""};
        };
        const flow::CivilDays days{
            nullptr, [](core::Instant at) -> Result<std::chrono::year_month_day> {
                return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at));
            }};
        return flow::ImportDesk(
            {*world.registry, people, people, world.observations, people, world.clock, days, on_wall});
    }
    Result<flow::FileReport> file(const std::string& plugin, const std::string& format, std::string bytes,
                                  flow::ImportWishes wishes = {}, std::string options = "{}") {
        flow::ImportPiece whole;
        whole.import = format;
        whole.name = "file";
        whole.bytes = std::move(bytes);
        whole.options = std::move(options);
        flow::ImportDesk its = desk();
        return world.run(its.file(plugin, std::move(whole), std::move(wishes)));
    }

    World& world;
    MemoryPeople people;
};

}  // namespace candour::plugin
