#include "app/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <boost/json.hpp>
#include <fstream>

#include "app/first_config.hpp"
#include "app/house_settings.hpp"
#include "app/tls_settings.hpp"
#include "json_schemas.hpp"
#include "support/temp_dir.hpp"

using namespace candour;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAreArray;

namespace {

constexpr const char* kSound =
    "database = \"sqlite:candour.db\"\nlinks.keys = [\"00112233445566778899aabbccddeeff\"]\n";

class ConfigFile : public testing::Test {
 protected:
    app::ReadConfig read(const std::string& text, const app::ConfigOverrides& overrides = {}) {
        std::ofstream(file()) << text;
        return app::read_config(file(), overrides);
    }
    std::filesystem::path file() const { return folder_ / "candour.toml"; }
    std::filesystem::path folder() const { return folder_.path(); }

 private:
    support::TempDir folder_{"config"};
};

/// Set for as long as a test runs.
class Environment {
 public:
    Environment(const char* name, const std::string& value) : name_(name) { setenv(name, value.c_str(), 1); }
    ~Environment() { unsetenv(name_); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

 private:
    const char* name_;
};

}  // namespace

TEST_F(ConfigFile, NeedsNoMoreThanADatabaseAndAKey) {
    const app::ReadConfig read_back = read(kSound);
    EXPECT_TRUE(read_back.problems.empty()) << read_back.problems.front().what;
    EXPECT_EQ(read_back.config.database, "sqlite:" + (folder() / "candour.db").string());
    EXPECT_EQ(read_back.config.policies.public_url, "http://127.0.0.1:8080");
    EXPECT_EQ(read_back.config.server_keys.at(0).size(), 16U) << "keys are kept as bytes";
    EXPECT_TRUE(read_back.config.on_loopback());
    EXPECT_FALSE(read_back.config.has_submission);
    EXPECT_EQ(read_back.config.policies.of(core::Segment::co_creator).hear, std::chrono::days{1});
}

TEST_F(ConfigFile, TakesEverythingThatCanBeSaid) {
    std::ofstream(folder() / "secret") << "pass word\n";
    const app::ReadConfig read_back = read(std::string(kSound) + R"(
test = true
[server]
listen = "[::1]:9000"
public_url = "https://feedback.example.com/"
[organisation]
name = "Halden"
zone = "Europe/Berlin"
language = "de"
default_owner = "priya@example.com"
[loop]
undo_seconds = 0
[asking]
soft_bounces = 5
soft_days = 14
[segments.reliable]
hear_days = 3
minimum_evidence = "confirmed"
accept_recorded = false
[mail]
relay = "smtp.example.com"
tls = "required"
auth = "plain"
user = "u"
secret_file = "secret"
from = "feedback@example.com"
sessions = 4
)");
    ASSERT_TRUE(read_back.problems.empty()) << read_back.problems.front().what;
    const app::Config& config = read_back.config;
    EXPECT_EQ(config.address, "::1");
    EXPECT_EQ(config.own_url(), "http://[::1]:9000");
    EXPECT_EQ(config.policies.public_url, "https://feedback.example.com");
    EXPECT_EQ(config.policies.undo.count(), 0);
    EXPECT_EQ(config.policies.soft_bounces.bounces, 5);
    EXPECT_EQ(config.policies.soft_bounces.within, std::chrono::days{14});
    EXPECT_EQ(config.policies.of(core::Segment::reliable).evidence,
              (core::EvidencePolicy{core::Strength::confirmed, false}));
    EXPECT_EQ(config.policies.of(core::Segment::edge).evidence, core::EvidencePolicy{});
    EXPECT_EQ(config.submission.port, 587) << "where TLS is required, that is the usual port";
    EXPECT_EQ(config.submission.auth.secret, "pass word");
    EXPECT_EQ(config.mail_from_name, "Halden");
    EXPECT_TRUE(config.has_submission && config.test);
}

TEST_F(ConfigFile, KnowsWhatTheDnsOfItsDomainsHasToSay) {
    const auto records = [this](const std::string& mail) {
        std::vector<std::string> all;
        const app::ReadConfig read_back = read(std::string(kSound) + mail);
        EXPECT_TRUE(read_back.problems.empty());
        for (const auto& one : app::house_settings(read_back.config).dns)
            all.push_back(one.purpose + " " + one.name + " " + one.value);
        return all;
    };
    EXPECT_TRUE(records("").empty()) << "no mail leaves, and none comes in";
    EXPECT_THAT(records("[mail]\nrelay = \"smtp.example.com\"\nfrom = \"feedback@example.com\"\n"),
                ElementsAre("spf example.com v=spf1 a:smtp.example.com ~all",
                            "dkim <selector>._domainkey.example.com ",
                            "dmarc _dmarc.example.com v=DMARC1; p=none; rua=mailto:postmaster@example.com"));
    EXPECT_THAT(
        records("[mail]\nrelay = \"127.0.0.1:25\"\nfrom = \"a@example.com\"\n[mail.intake]\naddress = "
                "\"reply@in.example.com\"\n"),
        testing::IsSupersetOf({"spf in.example.com v=spf1 mx ~all", "mx in.example.com "}))
        << "bounces come to the domain that the envelope names";
}

TEST_F(ConfigFile, TakesACertificateAndThenSpeaksOfItselfWithHttps) {
    const app::ReadConfig read_back =
        read(std::string(kSound) +
             "[server]\nhsts_days = 30\n[server.tls]\ncertificate = \"a.pem\"\nkey = \"/b.key\"\n");
    ASSERT_TRUE(read_back.problems.empty()) << read_back.problems.front().what;
    EXPECT_EQ(read_back.config.tls->certificate, folder() / "a.pem") << "beside the file";
    EXPECT_EQ(read_back.config.tls->key, "/b.key");
    EXPECT_EQ(read_back.config.policies.public_url, "https://127.0.0.1:8080");
    EXPECT_EQ(app::transport_rule(read_back.config), "max-age=2592000");
}

TEST_F(ConfigFile, SaysEverythingThatIsWrongAtOnceInTheOrderOfTheFile) {
    const app::ReadConfig read_back =
        read("database = \"mysql://x\"\n[links]\nkeys = []\n[organisation]\nzone = \"Berlin\"\n");
    std::vector<int> lines;
    for (const app::ConfigProblem& problem : read_back.problems) lines.push_back(problem.line);
    EXPECT_THAT(lines, ElementsAre(1, 3, 5));
}

TEST_F(ConfigFile, IsOverruledByTheEnvironmentAndThatByTheCommandLine) {
    const Environment listen("CANDOUR_LISTEN", "0.0.0.0:9100");
    const Environment database("CANDOUR_DATABASE", "postgresql://env/candour");
    const Environment keys("CANDOUR_SERVER_KEYS", std::string(32, 'a') + "," + std::string(32, 'b'));
    const app::ReadConfig from_environment = read(kSound);
    EXPECT_EQ(from_environment.config.port, 9100);
    EXPECT_EQ(from_environment.config.database, "postgresql://env/candour");
    EXPECT_EQ(from_environment.config.server_keys.size(), 2U);
    EXPECT_FALSE(from_environment.config.on_loopback());
    EXPECT_EQ(from_environment.config.own_url(), "http://127.0.0.1:9100")
        << "who listens everywhere is reached here";
    const app::ReadConfig from_command = read(kSound, {"sqlite:/tmp/other.db", std::uint16_t{9200}});
    EXPECT_EQ(from_command.config.port, 9200);
    EXPECT_EQ(from_command.config.database, "sqlite:/tmp/other.db");
    EXPECT_EQ(from_command.config.policies.public_url, "http://127.0.0.1:9200");
}

TEST_F(ConfigFile, NeverShowsAKeyOrAPassword) {
    const app::ReadConfig read_back =
        read("database = \"mysql://u:hunter2@h/d\"\nlinks.keys = [\"topsecretkey\"]\n");
    for (const app::ConfigProblem& problem : read_back.problems) {
        EXPECT_THAT(problem.what, testing::Not(HasSubstr("topsecretkey")));
        EXPECT_THAT(problem.what, testing::Not(HasSubstr("hunter2")));
    }
    EXPECT_EQ(read_back.problems.size(), 2U);
}

TEST_F(ConfigFile, LetsAnIdentityProviderInOnlyWholeAndBehindTls) {
    const auto problems = [&](const std::string& section) {
        std::string all;
        for (const app::ConfigProblem& problem : read(app::first_config("sqlite:c.db") + section).problems)
            all += problem.what + "\n";
        return all;
    };
    EXPECT_THAT(problems("[sign_in.oidc]\nissuer = \"http://login.example.com\"\n"),
                testing::AllOf(HasSubstr("sign_in.oidc.issuer"), HasSubstr("sign_in.oidc.client_id"),
                               HasSubstr("sign_in.oidc.secret_file")));
    EXPECT_THAT(problems("[sign_in.oidc]\nisuer = \"x\"\n"), HasSubstr("isuer"));
}

TEST_F(ConfigFile, ThatInitWritesIsSoundAndItsKeyIsNewEachTime) {
    const app::ReadConfig one = read(app::first_config("sqlite:/a \\ b/candour.db"));
    const app::ReadConfig other = read(app::first_config("postgresql://candour@db.example/candour"));
    EXPECT_TRUE(one.problems.empty() && other.problems.empty());
    EXPECT_EQ(one.config.database, "sqlite:/a \\ b/candour.db");
    EXPECT_EQ(one.config.server_keys.at(0).size(), 32U);
    EXPECT_NE(one.config.server_keys, other.config.server_keys);
}

TEST_F(ConfigFile, WhatInitShowsInCommentsIsSoundToo) {
    std::string text = app::first_config("sqlite:candour.db");
    // `# key = value` and `# [section]` become what they show; sentences stay comments.
    for (std::size_t at = text.find("\n# "); at != std::string::npos; at = text.find("\n# ", at + 1)) {
        const std::string line = text.substr(at + 3, text.find('\n', at + 1) - at - 3);
        const bool shown = line.starts_with('[') || line.find(" = ") != std::string::npos;
        if (shown && line.find("folder") == std::string::npos) text.erase(at + 1, 2);
    }
    std::ofstream(folder() / "smtp-secret") << "s\n";
    std::ofstream(folder() / "oidc-secret") << "s\n";
    const app::ReadConfig read_back = read(text);
    ASSERT_TRUE(read_back.problems.empty())
        << read_back.problems.front().line << ": " << read_back.problems.front().what;
    EXPECT_EQ(read_back.config.mail_from, "feedback@example.com");
    EXPECT_EQ(read_back.config.oidc.groups.at(flow::Role::admin), "candour-admins");
    EXPECT_EQ(read_back.config.policies.default_owner, "you@example.com");
}

struct Wrong {
    const char* name;
    const char* text;
    int line;
    const char* expected;
};

class ConfigProblems : public testing::TestWithParam<Wrong> {};

TEST_P(ConfigProblems, NameTheLineAndWhatToDo) {
    support::TempDir folder("config");
    std::ofstream(folder / "candour.toml") << kSound << GetParam().text;
    const app::ReadConfig read_back = app::read_config(folder / "candour.toml");
    ASSERT_EQ(read_back.problems.size(), 1U);
    EXPECT_EQ(read_back.problems[0].line, GetParam().line);
    EXPECT_THAT(read_back.problems[0].what, HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(
    , ConfigProblems,
    testing::Values(
        Wrong{"unknown_key", "[server]\nlisten = \"127.0.0.1:1\"\npublik_url = \"x\"\n", 5,
              "did you mean server.public_url?"},
        Wrong{"unknown_key_far_from_all", "[server]\nzzzzzzzzzzzzzz = 1\n", 4,
              "server.zzzzzzzzzzzzzz: there is no such key"},
        Wrong{"unknown_section", "[organization]\nname = \"x\"\n", 3,
              "organization: there is no such section; did you mean organisation?"},
        Wrong{"unknown_segment", "[segments.reliabel]\nhear_days = 1\n", 3,
              "did you mean segments.reliable?"},
        Wrong{"key_at_the_top", "zone = \"UTC\"\n", 3,
              "zone: there is no such key; did you mean organisation.zone?"},
        Wrong{"value_for_a_section", "mail = \"smtp\"\n", 3, "expected a section [mail]"},
        Wrong{"wrong_kind", "[loop]\nundo_seconds = \"30\"\n", 4,
              "loop.undo_seconds: expected a whole number"},
        Wrong{"no_bounce_at_all", "[asking]\nsoft_bounces = 0\n", 4,
              "asking.soft_bounces: expected a number from 1 to 100, found 0"},
        Wrong{"out_of_range", "[loop]\nundo_seconds = 9999\n", 4,
              "expected a number from 0 to 3600, found 9999"},
        Wrong{"tls_without_a_key", "[server.tls]\ncertificate = \"a.pem\"\n", 3,
              "server.tls.key: expected the file of the key"},
        Wrong{"no_port", "[server]\nlisten = \"127.0.0.1\"\n", 4, "expected an address and a port"},
        Wrong{"host_name_to_listen_at", "[server]\nlisten = \"example.com:80\"\n", 4,
              "expected an address and a port"},
        Wrong{"public_url_without_scheme", "[server]\npublic_url = \"feedback.example.com\"\n", 4,
              "expected an address such as https://"},
        Wrong{"zone", "[organisation]\nzone = \"Berlin\"\n", 4, "expected an IANA time zone"},
        Wrong{"language", "[organisation]\nlanguage = \"tlh\"\n", 4, "expected one of en, de, fr, es"},
        Wrong{"owner", "[organisation]\ndefault_owner = \"Priya\"\n", 4,
              "expected a teammate's e-mail address"},
        Wrong{"evidence", "[segments.edge]\nminimum_evidence = \"delivered\"\n", 4,
              "expected one of seen, confirmed; found \"delivered\""},
        Wrong{"days", "[segments.edge]\nhear_days = 0\n", 4, "expected a number from 1 to 3650"},
        Wrong{"plugin_folder", "[plugins]\nfolder = \"nowhere\"\n", 4, "expected a folder, found none at"},
        Wrong{"plugin_isolation", "[plugins]\nisolation = \"jail\"\n", 4,
              "expected sandbox, worker or in_process, found \"jail\""},
        Wrong{"relay_without_sender", "[mail]\nrelay = \"127.0.0.1:25\"\n", 3,
              "mail.from: expected the address"},
        Wrong{"tls_without_relay", "[mail]\ntls = \"required\"\n", 3, "mail.relay: expected the relay"},
        Wrong{"tls_name", "[mail]\nrelay = \"h:25\"\nfrom = \"a@b.example\"\ntls = \"yes\"\n", 6,
              "expected one of off, opportunistic"},
        Wrong{"relay_port", "[mail]\nrelay = \"h:99999\"\nfrom = \"a@b.example\"\n", 4,
              "expected a host and a port"},
        Wrong{"user_without_auth", "[mail]\nrelay = \"h:25\"\nfrom = \"a@b.example\"\nuser = \"u\"\n", 3,
              "mail.auth: mail.user is given"},
        Wrong{"secret_in_the_clear",
              "[mail]\nrelay = \"smtp.example.com:25\"\nfrom = \"a@b.example\"\nauth = \"plain\"\nuser = "
              "\"u\"\nsecret_file = \"candour.toml\"\n",
              4, "must be \"required\""},
        Wrong{"missing_secret", "[mail]\nrelay = \"h:25\"\nfrom = \"a@b.example\"\nsecret_file = \"none\"\n",
              6, "expected a file with the secret"},
        Wrong{"lmtp_on_a_network", "[mail.intake]\nlmtp = \"0.0.0.0:2424\"\n", 4,
              "expected a loopback address"},
        Wrong{"lmtp_without_port", "[mail.intake]\nlmtp = \"127.0.0.1\"\n", 4, "expected a loopback address"},
        Wrong{"intake_with_plus", "[mail.intake]\naddress = \"reply+x@a.example\"\n", 4,
              "mail.intake.address: expected an address"},
        Wrong{"intake_too_long", "[mail.intake]\naddress = \"feedback-and-complaints@a.example\"\n", 4,
              "at most 20 characters"},
        Wrong{"not_toml", "[server\n", 3, "this is not TOML"}),
    [](const auto& wrong) { return std::string(wrong.param.name); });

TEST(ConfigSchema, ListsExactlyTheKeysThatTheHostReads) {
    const boost::json::value schema = boost::json::parse(schemas::json::config_schema_json);
    std::vector<std::string> listed;
    const auto list = [&](const auto& self, const boost::json::value& node,
                          const std::string& prefix) -> void {
        if (const auto* reference = node.as_object().if_contains("$ref"))
            return self(self, schema.at_pointer(std::string(reference->as_string()).substr(1)), prefix);
        const auto* properties = node.as_object().if_contains("properties");
        if (properties == nullptr) return listed.push_back(prefix);
        for (const auto& [name, inner] : properties->as_object())
            self(self, inner, prefix.empty() ? std::string(name) : prefix + "." + std::string(name));
    };
    list(list, schema, "");
    EXPECT_THAT(listed, UnorderedElementsAreArray(app::config_keys()));
}
