/// The host begins with one line and ends with none.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <fstream>

#include "journeys/journey.hpp"
#include "support/eventually.hpp"
#include "support/mail/program.hpp"
#include "support/postgres.hpp"

namespace candour::journeys {
namespace {

using support::eventually;
namespace asio = boost::asio;

class StartAndStop : public Journey {
 protected:
    support::Finished serve(const std::vector<std::string>& options = {}) const {
        std::vector<std::string> arguments{"serve"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return house.run(arguments);
    }
    static std::ptrdiff_t lines(const std::string& text) {
        return std::count(text.begin(), text.end(), '\n');
    }
};

TEST_P(StartAndStop, ASignalLetsBegunRequestsFinishAndEndsWithZero) {
    open();
    const std::string link = survey_link("dele@moss.example");
    const PageForm form = browser().get(link).forms().at(0);
    house.advance(5s);
    std::string fields;
    for (const http::FormField& field : form.fields)
        if (field.name == "nonce")
            fields = http::encode_form(http::Form({field, {"a", "3"}, {"why", "In the last second."}}));

    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), house.port()});
    const std::string path = link.substr(link.find("/s/"));
    const std::string head =
        "POST " + path +
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ";
    // One exchange makes it a keep-alive connection; the next one is begun and not finished.
    asio::write(socket, asio::buffer(std::string("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")));
    std::string got(4096, '\0');
    ASSERT_GT(socket.read_some(asio::buffer(got)), 0U);
    asio::write(socket,
                asio::buffer(head + std::to_string(fields.size()) + "\r\n\r\n" + fields.substr(0, 10)));
    let_the_mail_go();  // by now the host has read that, too

    house.host().signal(SIGTERM);
    EXPECT_TRUE(eventually([&] { return !support::accepts_connections(house.port()); }));
    EXPECT_TRUE(house.host().running()) << "it has somebody to answer";
    asio::write(socket, asio::buffer(fields.substr(10)));
    boost::system::error_code ended;
    std::string reply;
    while (!ended) {
        const std::size_t count = socket.read_some(asio::buffer(got), ended);
        reply.append(got, 0, count);
    }
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 200")) << reply.substr(0, 300);
    EXPECT_EQ(house.host().wait(), 0) << house.host().errors();

    house.start();
    EXPECT_EQ(items(), 2U);
    EXPECT_EQ(text(item("LP-2"), "/verbatim"), "In the last second.");
    EXPECT_EQ(house.stop(), 0);
    expect_true_ledger();
}

TEST_P(StartAndStop, APortThatIsTakenIsSaidInOneLine) {
    open();
    const support::Finished second = serve();
    EXPECT_EQ(second.code, 1);
    EXPECT_NE(second.errors.find(std::to_string(house.port())), std::string::npos) << second.errors;
    EXPECT_NE(second.errors.find("candour: "), std::string::npos) << second.errors;
    EXPECT_EQ(second.output, "");
    EXPECT_EQ(browser().get("/healthz").status, 200U) << "the first one is not disturbed";
}

TEST_P(StartAndStop, ADatabaseWithoutTablesIsSaidInOneLine) {
    const std::string empty = GetParam() == Kind::sqlite ? "sqlite:" + (house.folder() / "empty.db").string()
                                                         : support::Postgres::fresh_database();
    const support::Finished refused = serve({"--database", empty});
    EXPECT_EQ(refused.code, 1);
    EXPECT_EQ(lines(refused.errors), 1) << refused.errors;
    EXPECT_TRUE(refused.errors.starts_with("candour: ")) << refused.errors;
    EXPECT_NE(refused.errors.find("candour migrate"), std::string::npos) << refused.errors;
    EXPECT_FALSE(std::filesystem::exists(house.folder() / "empty.db")) << "looking makes no database";
}

TEST_P(StartAndStop, AConfigurationThatIsWrongIsSaidLineByLine) {
    std::ofstream(house.config(), std::ios::app)
        << "\n[loop2]\nundo_secnds = 3\n[segments.reliable]\nhear_days = \"two\"\n";
    const support::Finished refused = serve();
    EXPECT_EQ(refused.code, 1);
    for (const char* words : {"candour.toml:", "loop2", "hear_days"})
        EXPECT_NE(refused.errors.find(words), std::string::npos) << refused.errors;
    EXPECT_NE(refused.errors.find("things are wrong with the configuration"), std::string::npos);
    EXPECT_EQ(refused.output, "");
}

TEST_P(StartAndStop, TimeIsNotMovedWhereTheConfigurationDoesNotAllowIt) {
    std::string text = support::contents(house.config());
    text.replace(text.find("test = true"), 11, "test = false");
    std::ofstream(house.config(), std::ios::trunc) << text;
    const support::Finished refused = serve({"--test-clock", (house.folder() / "clock").string()});
    EXPECT_NE(refused.code, 0);
    EXPECT_NE(refused.errors.find("test = true"), std::string::npos) << refused.errors;
}

INSTANTIATE_TEST_SUITE_P(On, StartAndStop, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
