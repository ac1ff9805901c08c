/// A team moves in: answers of years in another tool come along with their days, and go out again unchanged.
#include <fstream>

#include "journeys/journey.hpp"

namespace candour::journeys {
namespace {

constexpr const char* kFiles = CANDOUR_SOURCE "/tests/plugins/imports/files/";

class Importing : public Journey {
 protected:
    void begin() {
        std::filesystem::remove(house.folder() / "token");
        house.command({"token", "create", "--name", "mover", "--scope", "read,write,send,admin", "--save"});
        open();
    }
    std::string write(const std::string& name, const std::string& content) const {
        const std::string file = (house.folder() / name).string();
        std::ofstream(file, std::ios::binary) << content;
        return file;
    }
    std::vector<json::value> answers() const {
        std::istringstream text(house.command({"export", "answers", "--format", "jsonl"}));
        std::vector<json::value> all;
        for (std::string line; std::getline(text, line);) all.push_back(json::parse(line));
        return all;
    }
    json::value import(const std::string& from, const std::string& file,
                       std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"import", "answers", "--from", from, "--json", file};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const support::Finished done = house.run(arguments);
        EXPECT_LE(done.code, 1) << done.errors;
        return json::parse(done.output.empty() ? "{}" : done.output);
    }
};
INSTANTIATE_TEST_SUITE_P(Journeys, Importing, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

TEST_P(Importing, BringsHistoryInOnceAndRaisesNothing) {
    begin();
    const std::string file = std::string(kFiles) + "qualtrics.csv";
    const json::value tried = import("qualtrics", file, {"--as", "relationship.answer", "--dry-run"});
    EXPECT_EQ(text(tried, "/new"), "1");
    EXPECT_TRUE(answers().empty()) << "a dry run changes nothing";
    const json::value first = import("qualtrics", file, {"--as", "relationship.answer"});
    EXPECT_EQ(text(first, "/rows"), "3");
    EXPECT_EQ(text(first, "/refused_rows/0/why"), "a preview of the survey, not an answer");
    const json::value again = import("qualtrics", file, {"--as", "relationship.answer"});
    EXPECT_EQ(text(again, "/new"), "0");
    EXPECT_EQ(text(again, "/known"), "1");
    ASSERT_EQ(answers().size(), 1U);
    const json::value answer = answers()[0];
    EXPECT_EQ(text(answer, "/kind"), "relationship.answer");
    EXPECT_EQ(text(answer, "/occurred_at").substr(0, 19), "2025-04-01T05:50:00") << "23:50 in Denver";
    EXPECT_EQ(text(answer, "/contact/email"), "ada@otter.example");
    EXPECT_EQ(text(answer, "/answers/zone"), "America/Denver");

    const support::Finished low =
        house.run({"import", "answers", "--from", "csv", "--survey", "old", "-"},
                  "id,email,date,score,comment\n1,dele@moss.example,2024-01-01,0,Never again.\n");
    EXPECT_EQ(low.code, 0) << low.errors;
    EXPECT_EQ(low.output, "1 rows read: 1 new answers, 0 there already, 0 refused.\n");
    EXPECT_EQ(items(), 0U) << "history asks for nothing";
    let_the_mail_go();
    EXPECT_TRUE(letters("ada@otter.example", "").empty()) << "and nobody is written to";
}

TEST_P(Importing, BringsItsPeopleAlongWhenAsked) {
    begin();
    const std::string options =
        R"({"columns": {"account": "Firma", "id": "Nr", "at": "Datum", "score": "Note"}})";
    const std::string mapping = write("mapping.json", options);
    const std::string free = std::string(kFiles) + "free.csv";
    const json::value refused = import("csv", free, {"--survey", "old", "--mapping", mapping});
    EXPECT_EQ(text(refused, "/new"), "1");
    EXPECT_NE(text(refused, "/refused_rows/0/why").find("bo@otter.example"), std::string::npos);
    const json::value created =
        import("csv", free, {"--survey", "old", "--mapping", mapping, "--unknown", "create"});
    EXPECT_EQ(text(created, "/contacts_created"), "1");
    EXPECT_EQ(text(created, "/known"), "1");
    EXPECT_EQ(text(answers().at(1), "/contact/email"), "bo@otter.example");

    const std::string people = write("people.csv", "id,email\n42,ada@otter.example\n");
    const json::value warehouse =
        import("delighted", std::string(kFiles) + "delighted_warehouse.csv", {"--people", people});
    EXPECT_EQ(text(warehouse, "/people"), "1");
    EXPECT_EQ(text(warehouse, "/new"), "1");
    EXPECT_EQ(text(answers().at(2), "/contact/email"), "ada@otter.example");
}

TEST_P(Importing, TakesInWhatAnExportTookOut) {
    begin();
    raise("dele@moss.example", "=cmd|'/C calc'!A0, he said:\n\"quite\", naïvely");
    import("csv", write("old.csv", "id,email,date,score\n1,ada@otter.example,2024-01-01,8\n"),
           {"--survey", "old"});
    const std::vector<json::value> before = answers();
    ASSERT_EQ(before.size(), 2U);
    const std::string file = (house.folder() / "answers.csv").string();
    house.command({"export", "answers", "--output", file});
    const json::value report = import("candour", file);
    EXPECT_EQ(text(report, "/new"), "2") << json::serialize(report);
    EXPECT_EQ(text(import("candour", file), "/known"), "2");
    const std::vector<json::value> after = answers();
    ASSERT_EQ(after.size(), 4U);
    for (std::size_t i = 0; i < before.size(); ++i)
        for (const char* member : {"/kind", "/about", "/score", "/verbatim", "/language", "/contact_me",
                                   "/may_quote", "/answers", "/occurred_at", "/contact", "/account"})
            EXPECT_EQ(text(after[i + 2], member), text(before[i], member)) << member;
    EXPECT_EQ(items(), 1U) << "the one that was answered here";
    const std::string ledgers = house.command({"export", "ledgers"});
    EXPECT_TRUE(ledgers.starts_with("alias,item,n,round,event,at,by_id,by,hash,erased,content\r\nLP-1,itm_"))
        << ledgers;
}

TEST_P(Importing, HasEveryRowOnceWhenTheHostDiedInItsMidst) {
    begin();
    constexpr int kRows = 12'000;
    std::string rows = "id,email,date,score,comment\n0,dele@moss.example,never,3,\n";
    for (int i = 1; i <= kRows; ++i)
        rows += std::to_string(i) + ",dele@moss.example,2024-01-01," + std::to_string(i % 11) + "," +
                std::string(500, 'x') + "\n";
    const std::string file = write("long.csv", rows);
    const std::vector<std::string> command{"import", "answers", "--from", "csv", "--survey", "old", file};
    std::vector<std::string> arguments{"--config", house.config().string()};
    arguments.insert(arguments.end(), command.begin(), command.end());
    const support::Process importing({.program = CANDOUR_PROGRAM, .arguments = arguments});
    ASSERT_TRUE(importing.wait_for("row 2: date"))
        << "the first of six pieces is in: " << importing.output() << importing.errors();
    house.kill();
    EXPECT_EQ(importing.wait(), 3) << importing.errors();
    EXPECT_NE(importing.errors().find("Type the same command again"), std::string::npos);
    house.start();
    const json::value again = import("csv", file, {"--survey", "old"});
    const int known = std::stoi(text(again, "/known")), fresh = std::stoi(text(again, "/new"));
    EXPECT_EQ(known + fresh, kRows);
    EXPECT_GT(known, 0);
    EXPECT_GT(fresh, 0);
    EXPECT_EQ(answers().size(), static_cast<std::size_t>(kRows));
    EXPECT_EQ(text(import("csv", file, {"--survey", "old"}), "/known"), std::to_string(kRows));
}

TEST_P(Importing, SaysWhatIsWrongWithAFile) {
    begin();
    const auto said = [this](std::vector<std::string> arguments, const std::string& input = {}) {
        arguments.insert(arguments.begin(), {"import", "answers"});
        const support::Finished done = house.run(arguments, input);
        return std::to_string(done.code) + " " + done.errors;
    };
    EXPECT_NE(said({"--from", "csv", "-"}, "id,score\n1,9\n").find("1 candour: options /survey"),
              std::string::npos);
    EXPECT_NE(said({"--from", "trustpilot", "-"}).find("2 "), std::string::npos);
    EXPECT_NE(said({"--from", "csv", "/no/such/file"}).find("cannot be read"), std::string::npos);
    const std::string endless = "id,score,comment\n1,9,\"" + std::string(3 * 1024 * 1024, 'x');
    const std::string refused = said({"--from", "csv", "--survey", "s", "-"}, endless);
    EXPECT_NE(refused.find("row 2: expected a row of up to 1024 KiB"), std::string::npos) << refused;
    EXPECT_NE(said({"--from", "csv", "--survey", "s", "--mapping", write("m.json", "[1]"), "-"})
                  .find("expected a JSON object"),
              std::string::npos);
    EXPECT_TRUE(answers().empty());
}

}  // namespace
}  // namespace candour::journeys
