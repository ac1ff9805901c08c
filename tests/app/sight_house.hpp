/// The demo's house with somebody in it who sees only some customers, and everything that they must not be
/// told.
#pragma once
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <map>
#include <set>

#include "app/cli/output.hpp"
#include "app/program.hpp"
#include "edge/http/client.hpp"
#include "edge/http/routes/sight_rules.hpp"
#include "support/free_port.hpp"
#include "support/postgres.hpp"
#include "support/process.hpp"

namespace candour::app {

namespace json = boost::json;
using cli::at;
using cli::list_at;
using cli::text_at;
using Strings = std::vector<std::string>;

inline constexpr const char* kJana = "jana.vogt@candour.example";
inline constexpr const char* kTom = "tom.halloran@candour.example";
inline constexpr const char* kForeignWords = "The brass fittings were late for the third time.";

struct Said {
    unsigned status = 0;
    std::string body;
    json::value value() const { return json::parse(body); }
};

inline std::string with(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/// The demo's house on one of the two databases; every test leaves it as it was.
struct SightedHouse {
    explicit SightedHouse(bool on_postgresql) {
        const std::string port = std::to_string(support::free_port());
        Strings init{"init", "--dir", "var"};
        if (on_postgresql) init.insert(init.end(), {"--database", support::Postgres::fresh_database()});
        must(init);
        must({"migrate"});
        must({"token", "create", "--name", "house", "--scope", "read,write,send,admin", "--save"});
        host = std::make_unique<support::Process>(
            support::Launch{.program = PROGRAM,
                            .arguments = {"serve", "--demo", "--port", port},
                            .directory = program.folder.path()});
        EXPECT_TRUE(host->wait_for("Candour serves"));
        url = "http://127.0.0.1:" + port;
        admin = line_of(program.file("var/token"));
        must({"demo", "load"});
        jana = line_of(must(
            {"token", "create", "--name", "jana", "--teammate", kJana, "--scope", "read,write,send,admin"}));
        must({"teammate", "account", "add", kJana, "D-103"});
        must({"teammate", "set", kJana, "--sees", "own"});
        fill();
    }

    std::string must(const Strings& arguments) const {
        const support::Finished finished = program.run(arguments);
        if (finished.code != 0)
            throw std::runtime_error(arguments.at(0) + ": " + finished.errors + finished.output);
        return finished.output;
    }
    static std::string line_of(const std::string& text) { return text.substr(0, text.find('\n')); }

    Said ask(const std::string& token, http::Method method, const std::string& target,
             const json::object& body = {}, std::vector<http::Header> headers = {}) const {
        const Result<http::Client> client = http::Client::at(url, {token, std::chrono::seconds(20)});
        http::ClientRequest request;
        request.method = method;
        request.target = target;
        if (method != http::Method::get) request.body = json::serialize(body);
        request.headers = std::move(headers);
        const Result<http::ClientAnswer> answer = client->send(request);
        if (!answer) throw std::runtime_error(target + ": " + answer.error().message);
        return {answer->status, answer->body};
    }
    Said see(const std::string& target) const { return ask(jana, http::Method::get, target); }
    json::value all(const std::string& target) const { return ask(admin, http::Method::get, target).value(); }
    json::value make(const std::string& target, const json::object& body) const {
        const Said made = ask(admin, http::Method::post, target, body);
        if (made.status / 100 != 2) throw std::runtime_error(target + ": " + made.body);
        return made.value();
    }

    /// One of hers and one that is not: items, promises, themes, somebody who writes.
    void fill() {
        const json::value sight = all("/api/v1/teammates/" + std::string(kJana) + "/sight"),
                          accounts = all("/api/v1/accounts?limit=500"),
                          contacts = all("/api/v1/contacts?limit=500");
        jana_id = text_at(sight, "teammate");
        for (const json::value& one : list_at(sight, "accounts")) own.insert(text_at(one, "id"));
        for (const json::value& one : list_at(accounts, "accounts"))
            if (!own.contains(text_at(one, "id")))
                hide({text_at(one, "id"), text_at(one, "ref"), text_at(one, "name")});
        std::string own_contact, foreign_contact;
        for (const json::value& one : list_at(contacts, "contacts")) {
            const bool hers = own.contains(text_at(one, "account"));
            (hers ? own_contact : foreign_contact) = text_at(one, "id");
            if (!hers) hide({text_at(one, "id"), text_at(one, "email"), text_at(one, "name")});
        }
        named["own account"] = *own.begin();
        named["foreign account"] = "D-101";
        named["own contact"] = own_contact;
        named["foreign contact"] = foreign_contact;
        for (const bool hers : {true, false}) {
            const std::string whose = hers ? "own " : "foreign ";
            const std::string contact = named[whose + "contact"];
            const json::value item =
                make("/api/v1/items", {{"contact", contact},
                                       {"words", hers ? "Ours came on time." : kForeignWords},
                                       {"channel", "phone"}});
            named[whose + "item"] = text_at(item, "alias");
            named[whose + "item id"] = text_at(item, "id");
            const json::value promise =
                make("/api/v1/commitments", {{"promise", hers ? "Send the minutes." : "Refund the brass."},
                                             {"source", "mail"},
                                             {"account", text_at(at(item, "account"), "id")},
                                             {"working_days", 5}});
            named[whose + "commitment"] = "PR-" + std::to_string(hers ? 1 : 2);
            for (const char* field : {"alias", "id"})
                if (!text_at(promise, field).empty()) named[whose + "commitment"] = text_at(promise, field);
            const json::value theme =
                make("/api/v1/themes", {{"title", hers ? "Deliveries" : "Brass alone"}});
            named[whose + "theme"] = text_at(theme, "alias");
            make("/api/v1/items/" + named[whose + "item"] + "/drafts", {{"step", "note"}});
        }
        const auto gather = [&](const char* theme, json::array items) {
            make("/api/v1/themes/" + named[theme] + "/add", {{"items", std::move(items)}});
        };
        gather("own theme", {json::value(named["own item"]), json::value(named["foreign item"])});
        const json::value other = make(
            "/api/v1/items",
            {{"contact", named["foreign contact"]}, {"words", "Brass, once more."}, {"channel", "phone"}});
        gather("foreign theme", {json::value(text_at(other, "alias"))});
        named["missing account"] = "D-999", named["missing contact"] = "nobody@nowhere.example";
        named["missing item"] = "LP-99999", named["missing commitment"] = "PR-99999";
        named["missing theme"] = "TH-99999";
        const json::value items = all("/api/v1/items?limit=500");
        for (const json::value& one : list_at(items, "items")) {
            if (own.contains(text_at(at(one, "account"), "id"))) continue;
            ASSERT_NE(text_at(at(one, "owner"), "id"), jana_id)
                << "she answers for none of the others' items";
            hide({text_at(one, "id"), "\"" + text_at(one, "alias") + "\"", text_at(one, "verbatim")});
        }
        hide({"Refund the brass.", "Brass alone"});
    }
    void hide(const Strings& words) {
        for (const std::string& word : words)
            if (word.size() > 3) hidden.insert(word);
    }
    Strings told_in(const std::string& body) const {
        Strings told;
        for (const std::string& word : hidden)
            if (body.find(word) != std::string::npos) told.push_back(word);
        return told;
    }
    void expect_nothing_hidden(const std::string& target, const Said& said) const {
        EXPECT_EQ(told_in(said.body), Strings()) << target;
        EXPECT_LT(said.status, 500U) << target << ": " << said.body;
    }

    /// What stands in the braces of a pattern, for each way of asking.
    std::string filled(std::string pattern, const http::SightRule& rule, const std::string& whose) const {
        for (const http::Mention& mention : rule.mentions)
            if (mention.where == http::Mention::Where::path)
                pattern = with(pattern, "{" + std::string(mention.name) + "}",
                               named.at(whose + " " + std::string(mention.name)));
        for (const auto& [name, value] : std::map<std::string, std::string>{{"{metric}", "nps"},
                                                                            {"{teammate}", kJana},
                                                                            {"{user}", kJana},
                                                                            {"{calendar}", "organisation"},
                                                                            {"{survey}", "demo"},
                                                                            {"{what}", "items"},
                                                                            {"{plugin}", "surveys"},
                                                                            {"{address}", "a@b.example"}})
            pattern = with(pattern, name, value);
        const std::size_t open =
            pattern.find('{');  // whatever it is: the door is shut before anybody looks for it
        return open == std::string::npos
                   ? pattern
                   : pattern.substr(0, open) + "1" + pattern.substr(pattern.find('}') + 1);
    }
    void walk(const http::SightRule& rule) const;

    Program program;
    std::unique_ptr<support::Process> host;
    std::string url, admin, jana, jana_id;
    std::set<std::string> own, hidden;
    std::map<std::string, std::string> named;
};

inline void SightedHouse::walk(const http::SightRule& rule) const {
    const std::string pattern(rule.pattern);
    const std::string target = filled(pattern, rule, "own");
    const Said said = see(target);
    expect_nothing_hidden(target, said);
    if (rule.shows == http::Shows::whole) {
        EXPECT_EQ(said.status, 403U) << target;
        EXPECT_NE(said.body.find("beyond_sight"), std::string::npos) << said.body;
    }
    if (rule.shows != http::Shows::own) return;
    const bool by_path = !rule.mentions.empty() && rule.mentions[0].where == http::Mention::Where::path;
    if (rule.mentions.empty()) {
        EXPECT_EQ(said.status, 200U) << target << ": " << said.body;
    }
    if (!by_path) return;
    EXPECT_NE(said.status, 404U) << target << ": " << said.body;
    const std::string thing(rule.mentions[0].name), foreign = named.at("foreign " + thing),
                                                    missing = named.at("missing " + thing);
    const Said theirs = see(filled(pattern, rule, "foreign")),
               nobodys = see(filled(pattern, rule, "missing"));
    EXPECT_EQ(theirs.status, 404U) << pattern << ": " << theirs.body;
    EXPECT_EQ(with(theirs.body, foreign, missing), nobodys.body) << "nobody can tell one from the other";
}

}  // namespace candour::app
