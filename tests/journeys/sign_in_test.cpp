/// People at the door: invited, signed in, shut out, and what is written down of it.
#include <fstream>

#include "edge/http/client.hpp"
#include "journeys/journey.hpp"
#include "support/certificate.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

constexpr const char* kPassword = "gentle otters count rivers";

/// A browser of one person: keeps its cookie, sends what pages of ours send.
class Person {
 public:
    explicit Person(std::string url) : url_(std::move(url)) {}

    Answer ask(http::Method method, const std::string& target, const json::value& body = {}) {
        http::ClientRequest request;
        request.method = method;
        request.target = "/api/v1" + target;
        if (!body.is_null()) request.body = json::serialize(body);
        request.headers = headers;
        if (!site.empty()) request.headers.push_back({"Sec-Fetch-Site", site});
        if (!cookie.empty()) request.headers.push_back({"Cookie", cookie});
        if (!press.empty()) request.headers.push_back({"Candour-Press", press});
        const Result<http::Client> client = http::Client::at(url_, {"", 20s, 1'000'000, certificate});
        const Result<http::ClientAnswer> answer = client->send(request);
        if (!answer) throw std::runtime_error(answer.error().message);
        take_cookie(std::string(answer->headers.get("Set-Cookie")));
        return {answer->status, answer->headers, answer->body};
    }
    Answer post(const std::string& target, const json::value& body = json::object()) {
        return ask(http::Method::post, target, body);
    }
    Answer get(const std::string& target) { return ask(http::Method::get, target); }
    Answer sign_in(const std::string& email, const std::string& password) {
        const Answer answer = post("/sign-in", json::object{{"email", email}, {"password", password}});
        if (answer.status == 200) press = text(answer.value(), "/press_token");
        return answer;
    }
    Answer use_link(const std::string& link, const std::string& password) {
        const json::object body{{"link", link}, {"password", password}};
        const Answer answer = post("/sign-in/link/use", body);
        if (answer.status == 200) press = text(answer.value(), "/press_token");
        return answer;
    }

    std::string cookie, press, set_cookie, site = "same-origin", certificate;
    std::vector<http::Header> headers;

 private:
    void take_cookie(const std::string& line) {
        if (line.empty()) return;
        set_cookie = line;
        cookie = line.substr(0, line.find(';'));
        if (cookie.ends_with('=')) cookie.clear();
    }
    std::string url_;
};

class SignIn : public Journey {
 protected:
    void open_door() {
        open();
        house.command({"token", "create", "--name", "boss", "--scope", "read,write,send,admin", "--save"});
        admin_ = first_line(house.folder() / "token");
    }
    /// Lets somebody in who has no password yet; returns what follows `#link=`.
    std::string invited(const std::string& email, const std::string& role) {
        const Answer added =
            as_admin("/users", {{"email", email}, {"name", "Ines Ferrer"}, {"role", role}, {"mail", false}});
        if (added.status != 201) throw std::runtime_error(added.body);
        const std::string link = text(added.value(), "/link");
        return link.substr(link.find('=') + 1);
    }
    Person member(const std::string& email, const std::string& role) {
        Person person(house.url());
        const Answer in = person.use_link(invited(email, role), kPassword);
        if (in.status != 200) throw std::runtime_error(in.body);
        return person;
    }
    Answer as_admin(const std::string& target, const json::object& body) {
        Person program(house.url());
        program.headers = {{"Authorization", "Bearer " + admin_}};
        return program.post(target, body);
    }
    json::value audit(const std::string& query = {}) {
        Person program(house.url());
        program.headers = {{"Authorization", "Bearer " + admin_}};
        return program.get("/audit" + query).value().at("entries");
    }

 private:
    static std::string first_line(const std::filesystem::path& file) {
        std::ifstream stream(file);
        std::string line;
        std::getline(stream, line);
        return line;
    }
    std::string admin_;
};
INSTANTIATE_TEST_SUITE_P(Journeys, SignIn, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

TEST_P(SignIn, WhoeverIsInvitedChoosesAPasswordOnceAndComesBackWithIt) {
    open_door();
    const std::string link = invited("ines@halden.example", "member");
    Person ines(house.url());
    EXPECT_EQ(ines.use_link(link, "short").status, 422U);
    EXPECT_EQ(ines.use_link(link.substr(1) + "0", kPassword).status, 404U);
    const Answer in = ines.use_link(link, kPassword);
    ASSERT_EQ(in.status, 200U) << in.body;
    EXPECT_EQ(text(in.value(), "/role"), "member");
    EXPECT_NE(ines.set_cookie.find("HttpOnly; SameSite=Strict"), std::string::npos) << ines.set_cookie;
    EXPECT_EQ(ines.get("/items").status, 200U);
    EXPECT_EQ(Person(house.url()).use_link(link, kPassword).status, 404U) << "once";
    Person again(house.url());
    EXPECT_EQ(again.sign_in("INES@halden.example", kPassword).status, 200U);
    EXPECT_NE(again.cookie, ines.cookie);
    EXPECT_EQ(again.get("/users/me/devices").value().at("devices").as_array().size(), 2U);
    EXPECT_EQ(ines.post("/sign-out").status, 204U);
    EXPECT_EQ(ines.cookie, "");
    EXPECT_EQ(ines.get("/me").status, 401U);
    EXPECT_EQ(again.get("/me").status, 200U);
}

TEST_P(SignIn, ASessionEndsWhenNobodyUsesItAndInTheEnd) {
    open_door();
    Person ines = member("ines@halden.example", "viewer");
    const auto used = [&] { return text(ines.get("/users/me/devices").value(), "/devices/0/last_used_at"); };
    int days = 0;
    for (; days < 40; days += 2) {
        const std::string before = used();
        house.advance(std::chrono::days(2));
        if (ines.get("/me").status != 200) break;
        ASSERT_TRUE(support::eventually([&] { return used() != before; })) << "its use was not noted";
    }
    EXPECT_EQ(days, 28) << "used every other day, it ends after thirty";
    ASSERT_EQ(ines.sign_in("ines@halden.example", kPassword).status, 200U);
    house.advance(std::chrono::hours(73));
    EXPECT_EQ(ines.get("/me").status, 401U);
}

TEST_P(SignIn, AnotherSiteCanMakeABrowserSendTheCookieAndNothingMore) {
    open_door();
    Person ines = member("ines@halden.example", "admin");
    const json::object wish{{"email", "eve@example.org"}, {"role", "admin"}, {"mail", false}};
    Person forged = ines;
    forged.site = "cross-site";
    EXPECT_EQ(forged.post("/users", wish).status, 403U);
    EXPECT_EQ(forged.sign_in("ines@halden.example", kPassword).status, 403U);
    forged = ines;
    forged.press = "";
    EXPECT_EQ(forged.post("/users", wish).status, 403U)
        << "only our own pages can read what goes into this header";
    forged.press = std::string(32, '0');
    EXPECT_EQ(forged.post("/users", wish).status, 403U);
    forged = ines;
    forged.site = "";
    EXPECT_EQ(forged.post("/users", wish).status, 403U) << "a browser that says nothing";
    forged.headers = {{"Origin", "https://evil.example"}};
    EXPECT_EQ(forged.post("/users", wish).status, 403U);
    forged.headers = {{"Origin", house.url()}};
    EXPECT_EQ(forged.post("/users", wish).status, 201U) << "our own page in an older browser";
}

TEST_P(SignIn, TenWrongPasswordsShutTheDoorAndTheirOwnerOpensItByMail) {
    open_door();
    Person ines = member("ines@halden.example", "member");
    Person stranger(house.url());
    const Answer wrong = stranger.sign_in("ines@halden.example", "not the password");
    EXPECT_EQ(wrong.status, 403U);
    const Answer unknown = stranger.sign_in("nobody@halden.example", "not the password");
    EXPECT_EQ(text(unknown.value(), "/detail"), text(wrong.value(), "/detail"))
        << "who is here is nobody's business";
    for (int i = 1; i < 10; ++i) stranger.sign_in("ines@halden.example", "not the password");
    EXPECT_EQ(stranger.sign_in("ines@halden.example", kPassword).status, 403U)
        << "shut, also for the right one";
    EXPECT_EQ(ines.get("/me").status, 200U) << "whoever is inside stays";
    house.advance(5s);
    const Letter mail = letter("ines@halden.example", "Your sign-in is locked");
    const std::string url = mail.link("/sign-in");
    const json::object link{{"link", url.substr(url.find('=') + 1)}};
    EXPECT_EQ(text(stranger.post("/sign-in/link", link).value(), "/purpose"), "unlock");
    EXPECT_EQ(stranger.post("/sign-in/link/use", link).status, 204U);
    EXPECT_EQ(stranger.sign_in("ines@halden.example", kPassword).status, 200U);
    EXPECT_EQ(text(audit("?act=locked_out"), "/0/subject"), "ines@halden.example");
}

TEST_P(SignIn, WhoeverHasForgottenTheirPasswordGetsALinkAndOldSessionsEnd) {
    open_door();
    Person before = member("ines@halden.example", "member"), ines(house.url());
    EXPECT_EQ(ines.post("/sign-in/forgotten", json::object{{"email", "nobody@halden.example"}}).status, 204U);
    EXPECT_EQ(ines.post("/sign-in/forgotten", json::object{{"email", "ines@halden.example"}}).status, 204U);
    house.advance(5s);
    const std::string url = letter("ines@halden.example", "A new password").link("/sign-in");
    ASSERT_EQ(ines.use_link(url.substr(url.find('=') + 1), "quiet herons follow trains").status, 200U);
    EXPECT_EQ(before.get("/me").status, 401U);
    EXPECT_EQ(Person(house.url()).sign_in("ines@halden.example", kPassword).status, 403U);
    const json::object change{{"current", "quiet herons follow trains"}, {"password", kPassword}};
    EXPECT_EQ(ines.post("/me/password", change).status, 204U);
    EXPECT_EQ(ines.get("/me").status, 200U);
    EXPECT_EQ(Person(house.url()).sign_in("ines@halden.example", kPassword).status, 200U);
}

TEST_P(SignIn, ARoleSaysWhatSomebodyMayDoAndCountsAtOnce) {
    open_door();
    const std::string item = raise("dele@moss.example");
    Person ines = member("ines@halden.example", "viewer"), boss = member("boss@halden.example", "admin");
    const auto note = [&] {
        return ines.post("/items/" + item + "/note", json::object{{"text", "x"}}).status;
    };
    EXPECT_EQ(note(), 403U);
    EXPECT_EQ(ines.get("/users").status, 403U);
    EXPECT_EQ(ines.get("/users/boss@halden.example/devices").status, 403U);
    EXPECT_EQ(boss.post("/users/ines@halden.example/role", json::object{{"role", "member"}}).status, 200U);
    EXPECT_NE(note(), 403U);
    EXPECT_EQ(boss.post("/users/ines@halden.example/role", json::object{{"role", "owner"}}).status, 422U);
    EXPECT_EQ(boss.post("/users/boss@halden.example/role", json::object{{"role", "viewer"}}).status, 409U)
        << "nobody locks the house from outside";
    EXPECT_EQ(boss.post("/users/ines@halden.example/disable").status, 200U);
    EXPECT_EQ(ines.get("/me").status, 401U);
    EXPECT_EQ(Person(house.url()).sign_in("ines@halden.example", kPassword).status, 403U);
}

TEST_P(SignIn, WhatAdministratorsDoIsWrittenDownWithoutSecretsAndForGood) {
    open_door();
    Person boss = member("boss@halden.example", "admin");
    invited("ines@halden.example", "viewer");
    boss.post("/users/ines@halden.example/role", json::object{{"role", "manager"}});
    boss.post("/tokens", json::object{{"name", "dashboard"}, {"scope", "read"}});
    boss.get("/exports/items");
    const json::value role = audit("?act=role_changed");
    EXPECT_EQ(text(role, "/0/actor_name"), "Ines Ferrer");
    EXPECT_EQ(text(role, "/0/subject"), "ines@halden.example");
    EXPECT_EQ(text(role, "/0/before"), "viewer");
    EXPECT_EQ(text(role, "/0/after"), "manager");
    EXPECT_EQ(text(role, "/0/address"), "127.0.0.1");
    EXPECT_NE(text(audit("?act=token_created"), "/0/after").find("dashboard"), std::string::npos);
    EXPECT_EQ(text(audit("?act=exported"), "/0/subject"), "items");
    EXPECT_EQ(json::serialize(audit("?limit=500")).find(kPassword), std::string::npos);
    const Answer page = boss.get("/audit?limit=1");
    const std::string next = text(page.value(), "/next");
    EXPECT_NE(text(boss.get("/audit?limit=1&cursor=" + next).value(), "/entries/0/seq"),
              text(page.value(), "/entries/0/seq"));
    EXPECT_EQ(house.run({"audit", "--act", "role_changed"}).code, 0);
}

TEST_P(SignIn, OverTlsTheCookieIsSecureAndARenewedCertificateNeedsNoRestart) {
    open_door();
    const std::string link = invited("ines@halden.example", "member");
    ASSERT_EQ(house.stop(), 0);
    const support::Certificate shown(house.folder() / "shown"), next(house.folder() / "next");
    house.use_tls(shown.certificate.string(), shown.key.string());
    house.start();
    Person ines(house.url());
    ines.certificate = shown.certificate.string();
    ASSERT_EQ(ines.use_link(link, kPassword).status, 200U);
    EXPECT_EQ(ines.set_cookie.find("__Host-candour="), 0U) << ines.set_cookie;
    EXPECT_NE(ines.set_cookie.find("; Secure"), std::string::npos) << ines.set_cookie;
    EXPECT_EQ(ines.get("/me").status, 200U);
    EXPECT_NE(ines.get("/me").headers.get("Strict-Transport-Security"), "");
    EXPECT_EQ(house.run({"item", "list"}).code, 0) << "the command line knows the host by its certificate";
    for (const auto& [from, to] : {std::pair{next.key, shown.key}, {next.certificate, shown.certificate}})
        std::filesystem::rename(from, to);
    house.host().signal(SIGHUP);
    EXPECT_TRUE(support::eventually([&] {
        return house.run({"item", "list"}).code == 0;
    })) << "the file holds the new certificate, and the host shows it";
    EXPECT_EQ(house.stop(), 0);
}

TEST_P(SignIn, CommandsNeedNoHostAndRefuseWhatMakesNoSense) {
    EXPECT_EQ(house.run({"user", "add", "ines"}).code, 2);
    EXPECT_EQ(house.run({"user", "add", "ines@halden.example", "--role", "king"}).code, 2);
    const json::value added = house.json({"user", "add", "ines@halden.example", "--role", "admin"});
    EXPECT_NE(text(added, "/link").find("/sign-in#link="), std::string::npos);
    EXPECT_EQ(text(house.json({"user", "list"}), "/users/0/standing"), "no password");
    EXPECT_EQ(house.run({"user", "role", "nobody@halden.example", "viewer"}).code, 1);
    EXPECT_NE(text(house.json({"user", "first"}), "/link"), "") << "she has no password yet";
    EXPECT_EQ(text(house.json({"user", "disable", "ines@halden.example"}), "/standing"), "disabled");
    EXPECT_EQ(house.run({"user", "password", "ines@halden.example"}).code, 1);
    EXPECT_EQ(house.json({"user", "sessions", "ines@halden.example"}).at("sessions").as_array().size(), 0U);
}

}  // namespace
}  // namespace candour::journeys
