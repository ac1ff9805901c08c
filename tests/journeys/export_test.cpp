/// Everything a team knows, taken along as files: by the command line and over the API.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <fstream>
#include <thread>

#include "journeys/journey.hpp"
#include "support/mail/program.hpp"

namespace candour::journeys {
namespace {

namespace asio = boost::asio;

class Exporting : public Journey {
 protected:
    std::string contents(const std::string& file) const { return support::contents(house.folder() / file); }
    std::vector<json::value> lines(const std::string& what, std::vector<std::string> filters = {}) const {
        std::vector<std::string> arguments{"export", what, "--format", "jsonl"};
        arguments.insert(arguments.end(), filters.begin(), filters.end());
        std::istringstream text(house.command(arguments));
        std::vector<json::value> all;
        for (std::string line; std::getline(text, line);) all.push_back(json::parse(line));
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(Journeys, Exporting, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

TEST_P(Exporting, TakesAnItemAlongWithEverythingThatWasSaid) {
    open();
    const std::string words = "=cmd|' /C calc'!A0 is what I type,\nand \"nothing\" happens.";
    const std::string item = raise("dele@moss.example", words);
    take(item, "note", {{"text", "Ask the platform team."}});
    bring_to_changed(item);
    const std::string link = tell_by_mail(item, "dele@moss.example");
    press(link, "seen");
    const std::vector<json::value> all = lines("items");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(text(all[0], "/verbatim"), words) << "unchanged";
    EXPECT_EQ(text(all[0], "/words/0/text"), words);
    EXPECT_EQ(text(all[0], "/statements/0/step"), "heard");
    EXPECT_EQ(text(all[0], "/statements/1/will_change"), "true");
    EXPECT_EQ(text(all[0], "/statements/2/step"), "changed");
    EXPECT_EQ(text(all[0], "/notes/0/text"), "Ask the platform team.");
    EXPECT_EQ(text(all[0], "/notes/0/by/name"), "Priya Raman");
    EXPECT_EQ(text(all[0], "/proof/0/step"), "seen");
    EXPECT_EQ(text(all[0], "/promises/0/standing"), "kept");

    const support::Finished wrote =
        house.run({"export", "items", "--excel", "--output", (house.folder() / "items.csv").string()});
    EXPECT_EQ(wrote.code, 0) << wrote.errors;
    EXPECT_NE(wrote.errors.find("Wrote 1 line to"), std::string::npos) << wrote.errors;
    const std::string csv = contents("items.csv");
    EXPECT_TRUE(
        csv.starts_with("\xEF\xBB\xBF"
                        "alias,id,state,round,"))
        << csv.substr(0, 60);
    EXPECT_NE(csv.find(",\"'=cmd|' /C calc'!A0 is what I type,\nand \"\"nothing\"\" happens.\","),
              std::string::npos)
        << csv;
    EXPECT_NE(csv.find("Ask the platform team."), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(house.folder() / "items.csv.part"));
}

TEST_P(Exporting, TakesAnswersPeopleAndPromisesAlong) {
    open();
    const std::string item = raise("dele@moss.example", "Alerts come too late.");
    take(item, "hear", {{"text", "Late alerts."}, {"mail", false}});
    take(item, "decide",
         {{"will_change", true}, {"text", "Faster."}, {"why", "It hurts."}, {"by", house.date(20)}});
    house.command({"commitment", "add", "--account", "A-2", "--source", "sales", "--promise", "A visit",
                   "--by", house.date(30)});
    EXPECT_EQ(text(lines("answers").at(0), "/verbatim"), "Alerts come too late.");
    EXPECT_EQ(lines("contacts").size(), 5U);
    EXPECT_EQ(lines("contacts", {"--search", "Dele"}).size(), 1U);
    EXPECT_EQ(lines("accounts").size(), 3U);
    const auto promises = lines("promises");
    ASSERT_EQ(promises.size(), 2U);
    EXPECT_EQ(text(promises[0], "/promise"), "Faster.");
    EXPECT_EQ(text(promises[1], "/promise"), "A visit");
    EXPECT_EQ(lines("promises", {"--source", "sales"}).size(), 1U);
    EXPECT_TRUE(house.command({"export", "accounts"})
                    .starts_with("id,ref,name,segment,owner_id,renewal_on,annual_revenue\r\n"));
    EXPECT_EQ(lines("items", {"--state", "decided"}).size(), 1U);
    EXPECT_TRUE(lines("items", {"--state", "told"}).empty());
}

TEST_P(Exporting, SaysWhatIsWrongAndWritesNothing) {
    open();
    raise("dele@moss.example");
    const std::string file = (house.folder() / "items.csv").string();
    std::ofstream(file) << "what stood there before";
    const support::Finished refused =
        house.run({"export", "items", "--since", "yesterday", "--output", file});
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.errors.find("since: expected"), std::string::npos) << refused.errors;
    EXPECT_EQ(contents("items.csv"), "what stood there before");
    const support::Finished nowhere =
        house.run({"export", "items", "--output", (house.folder() / "no/such/folder.csv").string()});
    EXPECT_EQ(nowhere.code, 1);
    EXPECT_NE(nowhere.errors.find("cannot be written"), std::string::npos) << nowhere.errors;
    const Answer paged = call(http::Method::get, "/api/v1/exports/items?cursor=x");
    EXPECT_EQ(paged.status, 422U) << paged.body;
    EXPECT_EQ(call(http::Method::get, "/api/v1/exports/secrets").status, 404U);
    const Answer denied =
        call(http::Method::get, "/api/v1/exports/contacts", {}, {{"Authorization", "Bearer cdr_nobodys"}});
    EXPECT_EQ(denied.status, 401U) << "who may not read people may not take them along";
}

TEST_P(Exporting, LeavesNoHalfFileWhenItIsInterrupted) {
    open();
    raise("dele@moss.example");
    const std::string file = (house.folder() / "items.csv").string();
    // A host that dies in the middle: the first chunk, and never the last.
    asio::io_context io;
    asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    std::thread dying([&] {
        asio::ip::tcp::socket socket = acceptor.accept();
        std::string head;
        boost::system::error_code ignored;
        asio::read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n", ignored);
        asio::write(socket,
                    asio::buffer(std::string("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n"
                                             "Transfer-Encoding: chunked\r\n\r\n7\r\nalias\r\n\r\n")),
                    ignored);
    });
    const support::Finished broken =
        house.run({"export", "items", "--output", file, "--url",
                   "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port())});
    dying.join();
    EXPECT_EQ(broken.code, 3);
    EXPECT_NE(broken.errors.find("broke off"), std::string::npos) << broken.errors;
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_FALSE(std::filesystem::exists(file + ".part"));
}

}  // namespace
}  // namespace candour::journeys
