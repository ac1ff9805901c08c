#include <boost/json.hpp>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/plugin_author.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

using boost::json::object;
using boost::json::value;

struct InstallOptions {
    std::string file, plugin;
    std::vector<std::string> grant, revoke;
    bool enable = false, grant_all = false;
};

std::string plugin_target(const std::string& plugin, const char* below = "") {
    return "/api/v1/plugins/" + http::percent_encode(plugin) + below;
}

const value* package_with(const value& plugin, const std::string& digest) {
    for (const value& package : list_at(plugin, "packages"))
        if (!digest.empty() && text_at(package, "digest") == digest) return &package;
    return nullptr;
}

void print_plugin(const value& plugin) {
    std::cout << on_one_line(text_at(plugin, "name")) << " (" << text_at(plugin, "id")
              << "): " << text_at(plugin, "state");
    if (const std::string reason = text_at(plugin, "reason"); !reason.empty())
        std::cout << ", " << on_one_line(reason);
    std::cout << "\n";
    for (const auto& [key, label] :
         {std::pair{"current", "current"}, {"previous", "previous"}, {"offered", "offered"}}) {
        const value* package = package_with(plugin, text_at(plugin, key));
        if (package == nullptr) continue;
        const std::string signer = text_at(*package, "signer"), mark = text_at(*package, "key");
        std::cout << "  " << label << (std::string(label).size() < 8 ? "   " : "  ")
                  << text_at(*package, "version") << ", "
                  << (mark.empty()     ? "not signed"
                      : signer.empty() ? "signed by an unknown key " + mark
                                       : "signed by " + signer)
                  << ", digest " << text_at(*package, "digest").substr(0, 16) << "\n";
    }
    for (const value& asked : list_at(plugin, "permissions"))
        std::cout << "  "
                  << (flag_at(asked, "granted")    ? "granted   "
                      : flag_at(asked, "optional") ? "optional  "
                                                   : "missing   ")
                  << text_at(asked, "cap") << ": " << on_one_line(text_at(asked, "reason")) << "\n";
}

int print(const Line& line, const Result<value>& plugin) {
    if (!plugin) return fail(plugin.error());
    if (line.shared.json)
        print_json(*plugin);
    else
        print_plugin(*plugin);
    return kOk;
}

Result<value> give(const Api& api, const std::string& plugin, const std::vector<std::string>& grant,
                   const std::vector<std::string>& revoke) {
    object body;
    body["grant"] = boost::json::array(grant.begin(), grant.end());
    body["revoke"] = boost::json::array(revoke.begin(), revoke.end());
    return api.post(plugin_target(plugin, "/grants"), body);
}

std::vector<std::string> all_asked(const value& plugin) {
    std::vector<std::string> caps;
    for (const value& asked : list_at(plugin, "permissions")) caps.push_back(text_at(asked, "cap"));
    return caps;
}

int install(const Line& line, const InstallOptions& options) {
    const Result<std::string> bytes = read_file(options.file);
    if (!bytes) return fail(bytes.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        Result<value> plugin = api.post_text("/api/v1/plugins", *bytes, "application/octet-stream");
        if (!plugin) return Error{plugin.error().code, options.file + ": " + plugin.error().message};
        const std::string id = text_at(*plugin, "id");
        const std::vector<std::string> caps = options.grant_all ? all_asked(*plugin) : options.grant;
        if (!caps.empty()) plugin = give(api, id, caps, {});
        if (plugin && options.enable) plugin = api.post(plugin_target(id, "/enable"), object());
        if (!plugin) return plugin.error();
        (void)print(line, plugin);
        if (!line.shared.json && !options.enable)
            std::cout << "Installed, not yet running: candour plugin enable " << id << "\n";
        return int{kOk};
    });
}

int decide(const Line& line, const InstallOptions& options, const char* word) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        return print(line, api.post(plugin_target(options.plugin, word), object()));
    });
}

int show_plugin(const Line& line, const InstallOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        return print(line, api.get(plugin_target(options.plugin)));
    });
}

int grant(const Line& line, const InstallOptions& options) {
    if (options.grant.empty() && options.revoke.empty() && !options.grant_all)
        return fail_usage("expected a capability, --all or --revoke CAP, found none; candour plugin show " +
                          options.plugin);
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        std::vector<std::string> caps = options.grant;
        if (options.grant_all) {
            const Result<value> plugin = api.get(plugin_target(options.plugin));
            if (!plugin) return plugin.error();
            caps = all_asked(*plugin);
        }
        return print(line, give(api, options.plugin, caps, options.revoke));
    });
}

void add_install(CLI::App& plugin, Line& line) {
    auto options = std::make_shared<InstallOptions>();
    CLI::App& command = add(
        plugin,
        {"install", "bring a package to the host",
         "The host checks every part and the signature, keeps the package in its database and shows what the "
         "plugin asks\nfor. It runs once it is enabled; a version that is installed over one that runs waits "
         "beside it.",
         "candour plugin install acme-sms-1.4.0.cdrpkg\n"
         "candour plugin install acme-sms-1.4.0.cdrpkg --grant-all --enable"});
    command.add_option("FILE", options->file, "a .cdrpkg")->required();
    command.add_option("--grant", options->grant, "a capability to grant at once")->type_name("CAP");
    command.add_flag("--grant-all", options->grant_all, "everything that it asks for");
    command.add_flag("--enable", options->enable, "run it at once");
    run_by(command, line, [&line, options] { return install(line, *options); });
}

void add_decision(CLI::App& plugin, Line& line, const Lesson& lesson, const char* word) {
    auto options = std::make_shared<InstallOptions>();
    CLI::App& command = add(plugin, lesson);
    command.add_option("PLUGIN", options->plugin, "its id")->required();
    run_by(command, line, [&line, options, word] { return decide(line, *options, word); });
}

void add_grant(CLI::App& plugin, Line& line) {
    auto options = std::make_shared<InstallOptions>();
    CLI::App& command =
        add(plugin, {"grant", "give a plugin what it asks for, or take it back",
                     "A plugin gets a service of the host only when it is granted. Granting to a plugin that "
                     "runs starts it anew, without\nlosing a job.",
                     "candour plugin grant acme-sms kv net:api.acme.example:443\n"
                     "candour plugin grant acme-sms --revoke kv"});
    command.add_option("PLUGIN", options->plugin, "its id")->required();
    command.add_option("CAP", options->grant, "what candour plugin show lists");
    command.add_option("--revoke", options->revoke, "take it back")->type_name("CAP");
    command.add_flag("--all", options->grant_all, "everything that it asks for");
    run_by(command, line, [&line, options] { return grant(line, *options); });
}

}  // namespace

void add_plugin_installing(CLI::App& plugin, Line& line) {
    add_install(plugin, line);
    add_decision(plugin, line,
                 {"enable", "run a plugin that was installed, or its newest version",
                  "The new version is started beside the old one and takes over when it serves: no job is "
                  "lost. When it does "
                  "not\nstart, the old one runs on and the answer says why.",
                  "candour plugin enable acme-sms"},
                 "/enable");
    add_decision(plugin, line,
                 {"disable", "stop a plugin; it stays installed",
                  "It finishes what it has begun. Jobs for it wait until it is enabled again.",
                  "candour plugin disable acme-sms"},
                 "/disable");
    add_decision(plugin, line,
                 {"rollback", "run the version that ran before",
                  "The same as enable, with the previous package; once more, and the newer one runs again.",
                  "candour plugin rollback acme-sms"},
                 "/rollback");
    add_grant(plugin, line);
    auto options = std::make_shared<InstallOptions>();
    CLI::App& command =
        add(plugin, {"show", "one installed plugin: its versions, signers and grants",
                     "What is offered is installed and not yet enabled.", "candour plugin show acme-sms"});
    command.add_option("PLUGIN", options->plugin, "its id")->required();
    run_by(command, line, [&line, options] { return show_plugin(line, *options); });
}

}  // namespace candour::app::cli
