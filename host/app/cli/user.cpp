#include <boost/asio/co_spawn.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "app/cli/shell_user.hpp"
#include "app/cli/wall_clock.hpp"
#include "core/feedback/text.hpp"
#include "core/relationship/cells.hpp"
#include "crypto/link_tokens.hpp"
#include "edge/json/time_text.hpp"
#include "edge/store/users.hpp"

namespace candour::app::cli {
namespace {

struct UserWish {
    std::string key, name, role = "member", session;
};

/// What a command about users works with.
struct UserDesk {
    boost::asio::io_context& io;
    store::Users users;
    const Config& config;
    flow::Doer doer;  ///< whoever sits at the shell

    template <class T>
    Result<T> wait(flow::Task<Result<T>> task) {
        Result<T> outcome;
        const auto keep = [&outcome](const std::exception_ptr& failure, Result<T> result) {
            if (failure) std::rethrow_exception(failure);
            outcome = std::move(result);
        };
        boost::asio::co_spawn(io, std::move(task), keep);
        io.restart();
        io.run();
        return outcome;
    }
    Result<std::string> link(flow::EntrancePurpose purpose, const TeammateId& teammate) {
        const Result<MessageId> id = wait(users.add_entrance(purpose, teammate, false, doer, wall_clock()));
        if (!id) return id.error();
        const crypto::LinkTokens links(config.server_keys);
        return config.policies.public_url +
               "/sign-in#link=" + links.issue(crypto::LinkPurpose::entrance, *id);
    }
};

int at_user_desk(const Line& line, const std::function<Result<int>(UserDesk&)>& use) {
    return with_database(line.shared,
                         [&](boost::asio::io_context& io, store::Database& database, const Config& config) {
                             UserDesk desk{io, store::Users(database), config, doer_at_the_shell()};
                             const Result<int> code = use(desk);
                             return code ? *code : fail(code.error());
                         });
}

std::string minute_of(core::Instant at) {
    return core::happened(at) ? json::to_rfc3339(at).substr(0, 16) : "";
}

std::string user_standing(const flow::User& user) {
    if (core::happened(user.deactivated_at)) return "left";
    if (core::happened(user.disabled_at)) return "disabled";
    if (user.password.empty()) return "no password";
    return user.locked_until > wall_clock() ? "locked" : "active";
}

boost::json::object user_for_machines(const flow::User& user) {
    return {{"id", user.teammate.id.text()},
            {"email", user.teammate.email},
            {"name", user.teammate.name},
            {"role", core::name_of(flow::kRoles, user.role)},
            {"standing", user_standing(user)},
            {"sessions", user.sessions},
            {"last_seen_at", minute_of(user.last_seen_at)}};
}

int say_user(const Line& line, const flow::User& user, const std::string& sentence, const std::string& link) {
    if (line.shared.json) {
        boost::json::object document = user_for_machines(user);
        if (!link.empty()) document["link"] = link;
        print_json(document);
        return kOk;
    }
    std::cout << on_one_line(user.teammate.name) << " (" << user.teammate.email << ") " << sentence << "\n";
    if (!link.empty()) std::cout << link << "\n";
    return kOk;
}

int list_users(const Line& line) {
    return at_user_desk(line, [&](UserDesk& desk) -> Result<int> {
        const Result<std::vector<flow::User>> all = desk.wait(desk.users.users(wall_clock()));
        if (!all) return all.error();
        boost::json::array documents;
        Table table({"NAME", "ROLE", "STANDING", "LAST SEEN", "SIGNED IN", "EMAIL"});
        for (const flow::User& user : *all) {
            documents.push_back(user_for_machines(user));
            table.row({on_one_line(user.teammate.name), std::string(core::name_of(flow::kRoles, user.role)),
                       user_standing(user), minute_of(user.last_seen_at), std::to_string(user.sessions),
                       user.teammate.email});
        }
        if (line.shared.json)
            print_json(boost::json::object{{"users", std::move(documents)}});
        else if (table.empty())
            std::cout << "Nobody is here yet: candour user first\n";
        else
            table.print();
        return int{kOk};
    });
}

int add_user_by(const Line& line, const UserWish& wish) {
    const Result<flow::Role> role = flow::read_role(wish.role);
    if (!role) return fail_usage("--" + role.error().message);
    const std::string email = core::lower(wish.key);
    if (email.find('@') == std::string::npos)
        return fail_usage("EMAIL: expected an e-mail address, found \"" + wish.key + "\"");
    if (const Done sound = core::check_text("--name", wish.name, core::kMaxLine); !sound)
        return fail_usage(sound.error().message);
    return at_user_desk(line, [&](UserDesk& desk) -> Result<int> {
        const Result<flow::User> user =
            desk.wait(desk.users.add_user({email, wish.name, *role}, desk.doer, wall_clock()));
        if (!user) return user.error();
        const Result<std::string> link = desk.link(flow::EntrancePurpose::invite, user->teammate.id);
        if (!link) return link.error();
        return say_user(line, *user, "chooses a password here, once, within seven days:", *link);
    });
}

int first_user(const Line& line) {
    return at_user_desk(line, [&](UserDesk& desk) -> Result<int> {
        const Result<bool> open = desk.wait(desk.users.has_no_admin());
        if (!open) return open.error();
        if (!*open)
            return Error{
                ErrorCode::conflict,
                "there is an administrator already; candour user password helps who has forgotten theirs"};
        const Result<std::string> link = desk.link(flow::EntrancePurpose::first, {});
        if (!link) return link.error();
        if (line.shared.json)
            print_json(boost::json::object{{"link", *link}});
        else
            std::cout << *link << "\n";
        return int{kOk};
    });
}

int set_user_role(const Line& line, const UserWish& wish) {
    const Result<flow::Role> role = flow::read_role(wish.role);
    if (!role) return fail_usage(role.error().message);
    return at_user_desk(line, [&](UserDesk& desk) -> Result<int> {
        const Result<flow::User> user =
            desk.wait(desk.users.set_role(core::lower(wish.key), *role, desk.doer, wall_clock()));
        if (!user) return user.error();
        return say_user(line, *user, "is " + wish.role + " from now on.", "");
    });
}

int disable_user(const Line& line, const UserWish& wish) {
    return at_user_desk(line, [&](UserDesk& desk) -> Result<int> {
        const Result<flow::User> user =
            desk.wait(desk.users.disable(core::lower(wish.key), desk.doer, wall_clock()));
        if (!user) return user.error();
        return say_user(line, *user, "cannot sign in any more; sessions and tokens have ended.", "");
    });
}

int renew_password(const Line& line, const UserWish& wish) {
    return at_user_desk(line, [&](UserDesk& desk) -> Result<int> {
        const Result<flow::User> user = desk.wait(desk.users.user(core::lower(wish.key)));
        if (!user) return user.error();
        if (core::happened(user->deactivated_at) || core::happened(user->disabled_at))
            return Error{ErrorCode::conflict,
                         user->teammate.email + " may not sign in; candour user add lets them"};
        const auto purpose =
            user->password.empty() ? flow::EntrancePurpose::invite : flow::EntrancePurpose::reset;
        const Result<std::string> link = desk.link(purpose, user->teammate.id);
        if (!link) return link.error();
        return say_user(line, *user, "chooses another password here, once:", *link);
    });
}

int list_sessions(const Line& line, const UserWish& wish) {
    return at_user_desk(line, [&](UserDesk& desk) -> Result<int> {
        const Result<flow::User> user = desk.wait(desk.users.user(core::lower(wish.key)));
        if (!user) return user.error();
        const Result<std::vector<flow::Device>> all =
            desk.wait(desk.users.devices(user->teammate.id, wall_clock()));
        if (!all) return all.error();
        boost::json::array documents;
        Table table({"SESSION", "SINCE", "LAST USED", "FROM", "PROGRAM"});
        for (const flow::Device& one : *all) {
            documents.push_back(boost::json::object{{"id", one.id.text()},
                                                    {"since", minute_of(one.created_at)},
                                                    {"last_used_at", minute_of(one.last_used_at)},
                                                    {"address", one.address},
                                                    {"program", one.program}});
            table.row({one.id.text(), minute_of(one.created_at), minute_of(one.last_used_at), one.address,
                       on_one_line(one.program)});
        }
        if (line.shared.json)
            print_json(boost::json::object{{"sessions", std::move(documents)}});
        else if (table.empty())
            std::cout << user->teammate.email << " is signed in nowhere.\n";
        else
            table.print();
        return int{kOk};
    });
}

int revoke_sessions(const Line& line, const UserWish& wish) {
    const auto id = flow::SessionId::parse(wish.session);
    if (!wish.session.empty() && !id)
        return fail_usage("--session: expected an id such as ses_…, as candour user sessions shows it");
    return at_user_desk(line, [&](UserDesk& desk) -> Result<int> {
        const Result<flow::User> user = desk.wait(desk.users.user(core::lower(wish.key)));
        if (!user) return user.error();
        const TeammateId& whose = user->teammate.id;
        std::int64_t ended = 1;
        if (id) {
            const Done one = desk.wait(desk.users.end_session(whose, *id, desk.doer, wall_clock()));
            if (!one) return one.error();
        } else {
            const Result<std::int64_t> all =
                desk.wait(desk.users.end_sessions(whose, desk.doer, wall_clock()));
            if (!all) return all.error();
            ended = *all;
        }
        return say_user(line, *user, "is signed out of " + std::to_string(ended) + " browsers.", "");
    });
}

using UserAction = int (*)(const Line&, const UserWish&);
std::pair<CLI::App*, std::shared_ptr<UserWish>> add_about_user(CLI::App& user, Line& line,
                                                               const Lesson& lesson, UserAction action) {
    auto wish = std::make_shared<UserWish>();
    CLI::App& command = add(user, lesson);
    command.add_option("USER", wish->key, "tea_… or an address")->required();
    run_by(command, line, [&line, wish, action] { return action(line, *wish); });
    return {&command, wish};
}

void add_user_changes(CLI::App& user, Line& line) {
    const auto [fresh, newcomer] =
        add_about_user(user, line,
                       {"add", "somebody who may sign in; prints a link by which they choose a password",
                        "viewer looks; member works on items; manager also writes to customers and asks "
                        "them; admin also decides\n"
                        "who may what. The link works once, for seven days.",
                        "candour user add ines@example.com --name \"Ines Ferrer\" --role manager"},
                       add_user_by);
    fresh->add_option("--name", newcomer->name, "as customers read it")->type_name("NAME");
    fresh->add_option("--role", newcomer->role, "viewer, member, manager, admin; member when left out")
        ->type_name("ROLE");
    const auto [role, other] =
        add_about_user(user, line,
                       {"role", "what they may do from now on",
                        "It counts at once, in every browser. Tokens of theirs that may do more end.",
                        "candour user role ines@example.com admin"},
                       set_user_role);
    role->add_option("ROLE", other->role, "viewer, member, manager, admin")->required();
    add_about_user(
        user, line,
        {"disable", "shut somebody out, at once",
         "Password, sessions, links and tokens end; what they own stays theirs. `add` lets them in again.",
         "candour user disable ines@example.com"},
        disable_user);
    add_about_user(user, line,
                   {"password", "a link by which they choose another password",
                    "The old one holds until the link is used. It works once, for a day.",
                    "candour user password ines@example.com"},
                   renew_password);
}

}  // namespace

void add_user(CLI::App& root, Line& line) {
    CLI::App& user =
        add(root, {"user", "who may sign in to the console, and as what",
                   "People sign in with a password; programs use tokens (candour token). These commands\n"
                   "need the database, not a running host.",
                   "candour user add ines@example.com --name \"Ines Ferrer\" --role manager"});
    user.group(kHouseGroup)->require_subcommand(1);
    CLI::App& first = add(user, {"first", "a link by which the first administrator makes themselves known",
                                 "Works once, for a day, and only as long as there is no administrator.",
                                 "candour user first"});
    run_by(first, line, [&line] { return first_user(line); });
    CLI::App& all = add(user, {"list", "everybody, their role, and when they were last here",
                               "Also who has no password yet, and who is shut out.", "candour user list"});
    run_by(all, line, [&line] { return list_users(line); });
    add_user_changes(user, line);
    add_about_user(user, line,
                   {"sessions", "the browsers in which somebody is signed in",
                    "With where from and since when.", "candour user sessions ines@example.com"},
                   list_sessions);
    const auto [revoke, wish] =
        add_about_user(user, line,
                       {"revoke", "sign somebody out, everywhere or in one browser",
                        "They can sign in again.", "candour user revoke ines@example.com"},
                       revoke_sessions);
    revoke->add_option("--session", wish->session, "ses_…; all of them when left out")->type_name("SESSION");
}

}  // namespace candour::app::cli
