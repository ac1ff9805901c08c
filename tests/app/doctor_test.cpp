#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "app/program.hpp"
#include "app/sqlite_file.hpp"
#include "support/certificate.hpp"
#include "support/free_port.hpp"

using namespace candour;
using testing::HasSubstr;

namespace {

namespace bj = boost::json;

class Doctor : public testing::Test {
 protected:
    /// `standing` and what it says of one part.
    std::pair<std::string, std::string> part(const std::string& name) const {
        const support::Finished finished = program_.run({"doctor", "--json"});
        const bj::value report = bj::parse(finished.output);
        for (const bj::value& each : report.at("parts").as_array())
            if (each.at("part").as_string() == name)
                return {std::string(each.at("standing").as_string()),
                        std::string(each.at("found").as_string()) + " -> " +
                            std::string(each.at("remedy").as_string())};
        return {"missing", finished.output + finished.errors};
    }

    app::Program program_;
};

}  // namespace

TEST_F(Doctor, SaysWhatIsMissingAndWhatToDo) {
    program_.run({"init", "--dir", "var"});
    const auto [standing, words] = part("database");
    EXPECT_EQ(standing, "wrong");
    EXPECT_THAT(words, HasSubstr("candour migrate makes it"));
    EXPECT_EQ(program_.run({"doctor"}).code, 1);
}

TEST_F(Doctor, FindsTheDatabaseWellAfterItsMigration) {
    program_.set_up();
    EXPECT_EQ(part("database").first, "ok");
    EXPECT_EQ(part("ledger").first, "ok");
    EXPECT_EQ(part("disk").first, "ok");
    EXPECT_EQ(part("plugins").first, "ok");
    EXPECT_NE(part("sandbox").first, "wrong") << part("sandbox").second;
    const auto [standing, words] = part("host");
    EXPECT_EQ(standing, "wrong");
    EXPECT_THAT(words, HasSubstr("candour serve starts it"));
}

TEST_F(Doctor, FindsAHostThatWasStartedOnAnotherPort) {
    program_.set_up();
    const std::string port = std::to_string(support::free_port());
    support::Process host(
        {.program = PROGRAM, .arguments = {"serve", "--port", port}, .directory = program_.folder.path()});
    ASSERT_TRUE(host.wait_for("Candour serves")) << host.errors();
    const auto [standing, words] = part("host");
    EXPECT_EQ(standing, "ok") << words;
    EXPECT_THAT(words, HasSubstr(":" + port));
}

TEST_F(Doctor, SaysWhenTheCertificateEnds) {
    program_.set_up();
    const std::string stem = (program_.folder / "cert").string();
    support::Certificate made(stem, "localhost", 30);
    std::ofstream(program_.folder / "var/candour.toml", std::ios::app)
        << "\n[server.tls]\ncertificate = \"../cert.pem\"\nkey = \"../cert.key\"\n";
    EXPECT_THAT(part("certificate").second, HasSubstr("it does not name https://127.0.0.1:8080"));
    support::Certificate(stem, "localhost", -3);
    EXPECT_EQ(part("certificate").first, "wrong");
    EXPECT_THAT(part("certificate").second, HasSubstr("it ended on "));
    std::filesystem::permissions(made.key, std::filesystem::perms(0644));
    EXPECT_THAT(part("certificate").second, HasSubstr("chmod 600"));
    std::filesystem::remove(made.key);
    EXPECT_THAT(part("certificate").second, HasSubstr("cert.key: expected a private key"));
    const support::Finished refused = program_.run({"serve"});
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.errors, HasSubstr("cert.key: expected a private key"));
}

TEST_F(Doctor, FindsAConfigurationThatOthersCanRead) {
    program_.set_up();
    std::filesystem::permissions(program_.folder / "var/candour.toml", std::filesystem::perms(0644));
    const auto [standing, words] = part("configuration");
    EXPECT_EQ(standing, "wrong");
    EXPECT_THAT(words, HasSubstr("chmod 600"));
}

TEST_F(Doctor, FindsARelayThatDoesNotAnswer) {
    program_.set_up();
    std::ofstream(program_.folder / "var/candour.toml", std::ios::app)
        << "\n[mail]\nrelay = \"127.0.0.1:1\"\nfrom = \"a@house.example\"\n";
    const auto [standing, words] = part("mail");
    EXPECT_EQ(standing, "wrong");
    EXPECT_THAT(words, HasSubstr("127.0.0.1:1 does not answer"));
}

TEST_F(Doctor, FindsLimitsThatTheSystemDoesNotGrant) {
    program_.set_up();
    const std::string file = program_.file("var/candour.toml");
    std::ofstream(program_.folder / "var/candour.toml")
        << "# changed\n"
        << file.substr(0, file.find("[server]")) << "[server]\nmax_connections = 1000000\n"
        << file.substr(file.find("[server]") + 9);
    const support::Finished finished = support::run_program(
        {.program = "bash",
         .arguments = {"-c", "ulimit -Hn 500; ulimit -n 500; exec \"$0\" doctor --json", PROGRAM},
         .directory = program_.folder.path()});
    EXPECT_THAT(finished.output, HasSubstr("1000000 connections need"));
    EXPECT_THAT(finished.output, HasSubstr("LimitNOFILE"));
}

TEST(Tokens, AreListedWithoutTheirSecretsAndRevoked) {
    app::Program program;
    program.set_up();
    const support::Finished made =
        program.run({"token", "create", "--name", "dashboard", "--scope", "read", "--expires", "90d"});
    ASSERT_EQ(made.code, 0) << made.errors;
    const bj::value list = bj::parse(program.run({"token", "list", "--json"}).output);
    ASSERT_EQ(list.at("tokens").as_array().size(), 1U);
    const bj::value& token = list.at("tokens").as_array().front();
    EXPECT_EQ(token.at("scopes").as_string(), "read");
    EXPECT_FALSE(token.at("expires_at").is_null());
    EXPECT_EQ(bj::serialize(list).find(made.output.substr(0, 20)), std::string::npos);
    const std::string id(token.at("id").as_string());
    EXPECT_EQ(program.run({"token", "revoke", id}).code, 0);
    const support::Finished again = program.run({"token", "revoke", id});
    EXPECT_EQ(again.code, 1);
    EXPECT_THAT(again.errors, HasSubstr("there is no token " + id));
}

TEST(Tokens, AreRefusedWithScopesAndDatesThatAreNone) {
    app::Program program;
    program.set_up();
    for (const auto& [wrong, expected] : std::vector<std::pair<std::vector<std::string>, std::string>>{
             {{"--scope", "everything"}, "expected some of read, write, send, admin"},
             {{"--expires", "soon"}, "expected days or hours such as 90d"},
             {{"--expires", "2001-01-01"}, "a day to come"},
             {{"--scope", ""}, "found nothing"}}) {
        std::vector<std::string> arguments{"token", "create", "--name", "x"};
        arguments.insert(arguments.end(), wrong.begin(), wrong.end());
        const support::Finished finished = program.run(arguments);
        EXPECT_EQ(finished.code, 2) << wrong.back();
        EXPECT_THAT(finished.errors, HasSubstr(expected));
    }
}
