#include <boost/asio/co_spawn.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/private_file.hpp"
#include "app/cli/reach.hpp"
#include "app/cli/wall_clock.hpp"
#include "core/feedback/text.hpp"
#include "crypto/digest.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/relationships.hpp"
#include "edge/store/tokens.hpp"

namespace candour::app::cli {
namespace {

/// 160 bits: out of reach for guessing, and short enough to be typed off a screen in need.
constexpr std::size_t kSecretBytes = 20;

struct Wish {
    std::string name;
    std::string teammate_email;
    std::string teammate_name;
    bool save = false;
};

std::string base32(std::string_view bytes) {
    std::string text;
    unsigned bits = 0, held = 0;
    for (const char byte : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(byte);
        for (held += 8; held >= 5;) {
            held -= 5;
            text += kIdAlphabet[(bits >> held) & 31U];
        }
    }
    return text;
}

struct Made {
    TokenId id;
    std::string secret;
};

flow::Task<Result<Made>> make(store::Database& database, Wish wish) {
    const core::Instant now = wall_clock();
    TeammateId teammate;
    if (!wish.teammate_email.empty()) {
        store::Relationships relationships(database);
        auto asking = relationships.teammate(wish.teammate_email, wish.teammate_name, now);
        Result<core::Teammate> found = co_await std::move(asking);
        if (!found) co_return found.error();
        teammate = found->id;
    }
    const Made made{crypto::new_id<TokenId>(now), "cdr_" + base32(crypto::random_bytes(kSecretBytes))};
    store::Tokens tokens(database);
    auto creating =
        tokens.create(made.id, wish.name, teammate, crypto::to_hex(crypto::sha256(made.secret)), now);
    Done created = co_await std::move(creating);
    if (!created) co_return created.error();
    co_return made;
}

Result<Made> make_now(boost::asio::io_context& io, store::Database& database, const Wish& wish) {
    Result<Made> made;
    const auto keep = [&made](const std::exception_ptr& failure, Result<Made> result) {
        if (failure) std::rethrow_exception(failure);
        made = std::move(result);
    };
    boost::asio::co_spawn(io, make(database, wish), keep);
    io.run();
    return made;
}

int show(const Line& line, const Wish& wish, const Made& made, const std::filesystem::path& config_file) {
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

int create(const Line& line, Wish wish) {
    for (const Done& sound : {core::check_words("--name", wish.name, core::kMaxLine),
                              core::check_text("--teammate-name", wish.teammate_name, core::kMaxLine)})
        if (!sound) return fail_usage(sound.error().message);
    for (char& c : wish.teammate_email) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (!wish.teammate_email.empty() && wish.teammate_email.find('@') == std::string::npos)
        return fail_usage("--teammate: expected an e-mail address, found \"" + wish.teammate_email + "\"");
    if (wish.teammate_name.empty())
        wish.teammate_name = wish.teammate_email.substr(0, wish.teammate_email.find('@'));
    return with_database(line.shared,
                         [&](boost::asio::io_context& io, store::Database& database, const Config& config) {
                             const Result<Made> made = make_now(io, database, wish);
                             return made ? show(line, wish, *made, config.file) : fail(made.error());
                         });
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
         "candour token create --name laptop --save"});
    auto wish = std::make_shared<Wish>();
    command.add_option("--name", wish->name, "what the token is for, as people will read it in the ledger")
        ->required()
        ->type_name("NAME");
    command
        .add_option("--teammate", wish->teammate_email,
                    "the teammate it belongs to; made when nobody has this address yet")
        ->type_name("EMAIL");
    command.add_option("--teammate-name", wish->teammate_name, "the name of a teammate who is made")
        ->type_name("NAME");
    command.add_flag(
        "--save", wish->save,
        "keep the secret in the file `token` beside the configuration, where this program looks for it");
    run_by(command, line, [&line, wish] { return create(line, *wish); });
}

}  // namespace candour::app::cli
