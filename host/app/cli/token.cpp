#include <boost/asio/co_spawn.hpp>
#include <boost/json.hpp>
#include <charconv>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/private_file.hpp"
#include "app/cli/reach.hpp"
#include "app/cli/shell_user.hpp"
#include "app/cli/wall_clock.hpp"
#include "core/feedback/text.hpp"
#include "crypto/id_source.hpp"
#include "edge/json/time_text.hpp"
#include "edge/store/relationships.hpp"
#include "edge/store/tokens.hpp"
#include "flow/identity/secret.hpp"

namespace candour::app::cli {
namespace {

struct TokenWish {
    std::string name;
    std::string teammate_email;
    std::string teammate_name;
    std::string scopes = "read,write,send";
    std::string expires;
    bool save = false;
};

struct Made {
    TokenId id;
    std::string secret;
};

/// `90d`, `12h`, or a day. Errors: invalid.
Result<core::Instant> expiry_of(const std::string& text, core::Instant now) {
    if (text.empty() || text == "never") return core::kNever;
    std::int64_t count = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string unit(end, text.data() + text.size());
    if (failure == std::errc() && count > 0 && count <= 36'500 && (unit == "d" || unit == "h"))
        return unit == "d" ? now + std::chrono::days(count) : now + std::chrono::hours(count);
    const Result<core::Instant> day =
        json::from_rfc3339("--expires", text.size() == 10 ? text + "T00:00:00Z" : text);
    if (day && *day > now) return day;
    return Error{ErrorCode::invalid,
                 "--expires: expected days or hours such as 90d or 12h, a day to come such as 2031-12-31, or "
                 "never; found \"" +
                     text + "\""};
}

flow::Task<Result<Made>> make(store::Database& database, TokenWish wish) {
    const core::Instant now = wall_clock();
    TeammateId teammate;
    if (!wish.teammate_email.empty()) {
        store::Relationships relationships(database);
        auto asking = relationships.teammate(wish.teammate_email, wish.teammate_name, now);
        Result<core::Teammate> found = co_await std::move(asking);
        if (!found) co_return found.error();
        teammate = found->id;
    }
    const flow::Secret secret = flow::new_secret();
    const Made made{crypto::new_id<TokenId>(now), secret.text};
    store::Tokens tokens(database);
    const flow::NewToken token{made.id,
                               wish.name,
                               teammate,
                               secret.digest,
                               *flow::Scopes::parse(wish.scopes),
                               *expiry_of(wish.expires, now)};
    auto creating = tokens.create(token, doer_at_the_shell(), now);
    Done created = co_await std::move(creating);
    if (!created) co_return created.error();
    co_return made;
}

flow::Task<Done> end_token(store::Database& database, TokenId id) {
    store::Tokens tokens(database);
    auto revoking = tokens.revoke(id, doer_at_the_shell(), wall_clock());
    Done revoked = co_await std::move(revoking);
    co_return revoked;
}

/// Runs a coroutine on the database to its end.
template <class T>
Result<T> wait_for(boost::asio::io_context& io, flow::Task<Result<T>> task) {
    Result<T> outcome;
    const auto keep = [&outcome](const std::exception_ptr& failure, Result<T> result) {
        if (failure) std::rethrow_exception(failure);
        outcome = std::move(result);
    };
    boost::asio::co_spawn(io, std::move(task), keep);
    io.run();
    return outcome;
}

int show_token(const Line& line, const TokenWish& wish, const Made& made,
               const std::filesystem::path& config_file) {
    const std::filesystem::path kept = std::filesystem::absolute(config_file).parent_path() / "token";
    if (wish.save) {
        if (Done saved = replace_private(kept, made.secret + "\n"); !saved) return fail(saved.error());
    }
    if (line.shared.json) {
        boost::json::object document{{"id", made.id.text()}, {"name", wish.name}};
        if (wish.save)
            document["file"] = kept.string();
        else
            document["token"] = made.secret;
        print_json(document);
    } else if (wish.save) {
        std::cout << "The token \"" << printable(wish.name) << "\" is kept in " << kept.string()
                  << " (readable by you alone).\n";
    } else {
        std::cout << made.secret << "\n";
        std::cerr << "This is shown once. The host keeps only its SHA-256, so nobody can show it again.\n";
    }
    return kOk;
}

int create(const Line& line, TokenWish wish) {
    for (const Done& sound : {core::check_words("--name", wish.name, core::kMaxLine),
                              core::check_text("--teammate-name", wish.teammate_name, core::kMaxLine)})
        if (!sound) return fail_usage(sound.error().message);
    if (const auto scopes = flow::Scopes::parse(wish.scopes); !scopes)
        return fail_usage("--" + scopes.error().message);
    if (const auto expiry = expiry_of(wish.expires, wall_clock()); !expiry)
        return fail_usage(expiry.error().message);
    for (char& c : wish.teammate_email) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (!wish.teammate_email.empty() && wish.teammate_email.find('@') == std::string::npos)
        return fail_usage("--teammate: expected an e-mail address, found \"" + wish.teammate_email + "\"");
    if (wish.teammate_name.empty())
        wish.teammate_name = wish.teammate_email.substr(0, wish.teammate_email.find('@'));
    return with_database(line.shared,
                         [&](boost::asio::io_context& io, store::Database& database, const Config& config) {
                             const Result<Made> made = wait_for(io, make(database, wish));
                             return made ? show_token(line, wish, *made, config.file) : fail(made.error());
                         });
}

std::string day_of(core::Instant at) {
    return core::happened(at) ? json::to_rfc3339(at).substr(0, 10) : "";
}

boost::json::object token_document(const flow::TokenView& token) {
    const auto instant = [](core::Instant at) {
        return core::happened(at) ? boost::json::value(json::to_rfc3339(at)) : boost::json::value(nullptr);
    };
    return {{"id", token.holder.token.text()},
            {"name", token.holder.name},
            {"teammate", token.teammate_email},
            {"scopes", token.holder.scopes.text()},
            {"created_at", instant(token.created_at)},
            {"expires_at", instant(token.holder.expires_at)},
            {"last_used_at", instant(token.holder.last_used_at)},
            {"revoked_at", instant(token.revoked_at)}};
}

std::string standing_of(const flow::TokenView& token, core::Instant now) {
    if (core::happened(token.revoked_at)) return "revoked " + day_of(token.revoked_at);
    if (!core::happened(token.holder.expires_at)) return "in use";
    return (token.holder.expires_at <= now ? "expired " : "until ") + day_of(token.holder.expires_at);
}

int list_tokens(const Line& line) {
    return with_database(line.shared,
                         [&](boost::asio::io_context& io, store::Database& database, const Config&) {
                             store::Tokens tokens(database);
                             const Result<std::vector<flow::TokenView>> all = wait_for(io, tokens.list());
                             if (!all) return fail(all.error());
                             boost::json::array documents;
                             Table table({"ID", "STANDING", "LAST USED", "SCOPES", "TEAMMATE", "NAME"});
                             for (const flow::TokenView& token : *all) {
                                 documents.push_back(token_document(token));
                                 table.row({token.holder.token.text(), standing_of(token, wall_clock()),
                                            day_of(token.holder.last_used_at), token.holder.scopes.text(),
                                            token.teammate_email, token.holder.name});
                             }
                             if (line.shared.json)
                                 print_json(boost::json::object{{"tokens", std::move(documents)}});
                             else if (table.empty())
                                 std::cout << "Nobody has a token yet: candour token create --help\n";
                             else
                                 table.print();
                             return int{kOk};
                         });
}

int revoke_token(const Line& line, const std::string& text) {
    const auto id = TokenId::parse(text);
    if (!id)
        return fail_usage("TOKEN: expected an id such as tok_…, as candour token list shows it, found \"" +
                          text + "\"");
    return with_database(line.shared,
                         [&](boost::asio::io_context& io, store::Database& database, const Config&) {
                             if (const Done revoked = wait_for(io, end_token(database, *id)); !revoked)
                                 return fail(revoked.error());
                             if (line.shared.json)
                                 print_json(boost::json::object{{"id", id->text()}, {"revoked", true}});
                             else
                                 std::cout << "The token " << id->text() << " opens nothing any more.\n";
                             return int{kOk};
                         });
}

void add_list_and_revoke(CLI::App& token, Line& line) {
    CLI::App& all =
        add(token, {"list", "who has a token, what it may do, and when it was last used",
                    "Secrets are not among it: the host does not know them.", "candour token list"});
    run_by(all, line, [&line] { return list_tokens(line); });
    CLI::App& end = add(token, {"revoke", "make a token useless, at once and for good",
                                "What was done with it stays in the ledger under its name.",
                                "candour token revoke tok_01arz3ndektsv4rrffq69g5fav"});
    auto id = std::make_shared<std::string>();
    end.add_option("TOKEN", *id, "tok_…")->required();
    run_by(end, line, [&line, id] { return revoke_token(line, *id); });
}

}  // namespace

void add_token(CLI::App& root, Line& line) {
    CLI::App& token =
        add(root, {"token", "who may use the API",
                   "A token is what a program or a teammate shows to the host: Authorization: Bearer cdr_…",
                   "candour token create --name laptop --save"});
    token.group(kHouseGroup)->require_subcommand(1);
    CLI::App& command = add(
        token,
        {"create", "make a token; its secret is shown once",
         "What is done with the token stands in the ledger under its name, or under the teammate's when it\n"
         "belongs to one. It needs the database, not a running host.",
         "candour token create --name priya --teammate priya@example.com --teammate-name \"Priya Raman\"\n"
         "candour token create --name laptop --save\n"
         "candour token create --name dashboard --scope read --expires 90d"});
    auto wish = std::make_shared<TokenWish>();
    command.add_option("--name", wish->name, "what the token is for, as people will read it in the ledger")
        ->required()
        ->type_name("NAME");
    command
        .add_option("--teammate", wish->teammate_email,
                    "the teammate it belongs to; made when nobody has this address yet")
        ->type_name("EMAIL");
    command.add_option("--teammate-name", wish->teammate_name, "the name of a teammate who is made")
        ->type_name("NAME");
    command
        .add_option("--scope", wish->scopes,
                    "some of read, write, send (mail to customers), admin (tokens, rules, erasure); "
                    "read,write,send when left out")
        ->type_name("SCOPES");
    command.add_option("--expires", wish->expires, "90d, 12h, or a day; never when left out")
        ->type_name("WHEN");
    command.add_flag(
        "--save", wish->save,
        "keep the secret in the file `token` beside the configuration, where this program looks for it");
    run_by(command, line, [&line, wish] { return create(line, *wish); });
    add_list_and_revoke(token, line);
}

}  // namespace candour::app::cli
