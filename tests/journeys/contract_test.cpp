/// schemas/http/openapi.yaml is what the host does: every route is called and every answer held against the
/// document, by programs of others (tests/contract).
#include <fstream>

#include "edge/http/routes/deed_rules.hpp"
#include "journeys/journey.hpp"

namespace candour::journeys {
namespace {

const std::filesystem::path kTools = std::filesystem::path(CANDOUR_SOURCE) / ".node/contract";

/// What must stand in the audit log once it was done.
json::array audited_deeds() {
    json::array deeds;
    for (const http::DeedRule& rule : http::deed_rules())
        if (!rule.act.empty())
            deeds.push_back(json::object{{"method", core::name_of(http::kMethods, rule.method)},
                                         {"path", rule.pattern},
                                         {"act", rule.act}});
    return deeds;
}

class Contract : public Journey {
 protected:
    std::string token(const std::string& name, const std::string& scopes) const {
        std::string secret = house.command({"token", "create", "--name", name, "--scope", scopes});
        secret.pop_back();
        return secret;
    }
    std::string written(const char* name, const json::value& document) const {
        const std::filesystem::path file = house.folder() / name;
        std::ofstream(file) << document;
        return file.string();
    }
    json::object facts(const std::vector<std::string>& items) const {
        return {{"url", house.url()},
                {"tokens", json::object{{"all", token("all", "read,write,send,admin")},
                                        {"read", token("dashboard", "read")}}},
                {"items", json::array(items.begin(), items.end())},
                {"deeds", audited_deeds()},
                {"contact", "dele@moss.example"},
                {"day", house.date(30)},
                {"now", text(item(items.front()), "/raised_at")},
                {"at", json::object{{"item", items.back()}, {"survey", "autumn"}}}};
    }
};
INSTANTIATE_TEST_SUITE_P(Journeys, Contract, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

TEST_P(Contract, IsWhatTheHostDoesOnEveryRoute) {
    if (!std::filesystem::exists(kTools / "node_modules"))
        GTEST_SKIP() << "tests/run installs the npm packages that this needs";
    open();
    std::vector<std::string> items;
    for (const char* contact :
         {"dele@moss.example", "mara@moss.example", "ada@otter.example", "ravi@heron.example"})
        items.push_back(raise(contact));
    const std::string routes = written("routes.json", house.json({"routes"})),
                      known = written("facts.json", facts(items));
    for (const auto& file : std::filesystem::directory_iterator(
             CANDOUR_SOURCE "/tests/contract"))  // beside the packages that they import
        if (file.path().extension() == ".mjs")
            std::filesystem::copy_file(file, kTools / file.path().filename(),
                                       std::filesystem::copy_options::overwrite_existing);
    const support::Finished finished =
        support::run_program({.program = CANDOUR_SOURCE "/.cmake/node",
                              .arguments = {(kTools / "contract.mjs").string(),
                                            CANDOUR_SOURCE "/schemas/http/openapi.yaml", routes, known}},
                             std::chrono::minutes{2});
    EXPECT_EQ(finished.code, 0) << finished.output << finished.errors;
}

}  // namespace
}  // namespace candour::journeys
