#include <algorithm>
#include <boost/json.hpp>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/plugin_house.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

namespace bj = boost::json;

struct ConfigWish {
    std::string plugin;
    std::vector<std::string> what;
};

std::string config_target(const std::string& plugin) {
    return "/api/v1/plugins/" + http::percent_encode(plugin) + "/config";
}

bool is_secret(const bj::value& shown, std::string_view key) {
    return std::ranges::any_of(list_at(shown, "secrets"), [key](const bj::value& name) {
        return name.is_string() && name.get_string() == key;
    });
}

std::string config_words(const bj::value& value) {
    return value.is_string() ? std::string(value.get_string()) : bj::serialize(value);
}

void print_config(const bj::value& shown) {
    const std::string plugin = text_at(shown, "plugin");
    const auto* config = at(shown, "config").if_object();
    const auto* schema = at(shown, "schema").if_object();
    if (schema == nullptr) {
        std::cout << plugin << " takes no configuration.\n";
        return;
    }
    Table table({"KEY", "VALUE", "", "MEANING"});
    const auto* properties = schema->if_contains("properties");
    if (properties != nullptr && properties->is_object())
        for (const auto& [key, rules] : properties->get_object()) {
            const bj::value* value = config == nullptr ? nullptr : config->if_contains(key);
            table.row({std::string(key), value == nullptr ? "(not set)" : config_words(*value),
                       is_secret(shown, key) ? "secret" : "", text_at(rules, "description")});
        }
    table.print();
    if (!text_at(shown, "trouble").empty())
        std::cout << "\n" << plugin << " does not run: " << printable(text_at(shown, "trouble")) << "\n";
}

/// A number or a flag where the schema wants one; a text everywhere else.
bj::value value_of(const bj::value& shown, const std::string& key, const std::string& text) {
    const bj::value& rules = at(at(at(shown, "schema"), "properties"), key);
    const bj::value& type = at(rules, "type");
    if (type.is_string() && type.get_string() == "string") return bj::value(text);
    boost::system::error_code bad;
    bj::value parsed = bj::parse(text, bad);
    return bad ? bj::value(text) : parsed;
}

Result<bj::value> put_config(const Api& api, const ConfigWish& wish, const bj::value& shown,
                             bj::object config) {
    http::ClientRequest request;
    request.method = http::Method::put;
    request.target = config_target(wish.plugin);
    request.body = bj::serialize(bj::object{{"config", std::move(config)}});
    request.headers.push_back({"If-Match", "\"" + std::to_string(number_at(shown, "version")) + "\""});
    const Result<http::ClientAnswer> answer = api.send(request);
    if (!answer) return answer.error();
    return value_of_answer(*answer);
}

bj::object config_in(const bj::value& shown) {
    const auto* config = at(shown, "config").if_object();
    return config == nullptr ? bj::object() : *config;
}

int say(const Line& line, const bj::value& fresh) {
    if (line.shared.json) {
        print_json(fresh);
        return kOk;
    }
    print_config(fresh);
    if (!text_at(fresh, "trouble").empty()) return kFailed;
    std::cout << "\n" << text_at(fresh, "plugin") << " was started anew with it.\n";
    return kOk;
}

int show_config(const Line& line, const ConfigWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> shown = api.get(config_target(wish.plugin));
        if (!shown) return shown.error();
        line.shared.json ? print_json(*shown) : print_config(*shown);
        return int{kOk};
    });
}

int set_config(const Line& line, const ConfigWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> shown = api.get(config_target(wish.plugin));
        if (!shown) return shown.error();
        bj::object config = config_in(*shown);
        for (const std::string& pair : wish.what) {
            const std::size_t equals = pair.find('=');
            if (equals == 0 || equals == std::string::npos)
                return Error{ErrorCode::invalid, "expected KEY=VALUE, found " + pair};
            const std::string key = pair.substr(0, equals);
            config[key] = value_of(*shown, key, pair.substr(equals + 1));
        }
        const Result<bj::value> fresh = put_config(api, wish, *shown, std::move(config));
        if (!fresh) return fresh.error();
        return say(line, *fresh);
    });
}

int unset(const Line& line, const ConfigWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> shown = api.get(config_target(wish.plugin));
        if (!shown) return shown.error();
        bj::object config = config_in(*shown);
        for (const std::string& key : wish.what)
            if (config.erase(key) == 0)
                return Error{ErrorCode::not_found, wish.plugin + ": " + key + " is not set"};
        const Result<bj::value> fresh = put_config(api, wish, *shown, std::move(config));
        if (!fresh) return fresh.error();
        return say(line, *fresh);
    });
}

CLI::App& add_for_plugin(CLI::App& parent, const Lesson& lesson, ConfigWish& wish) {
    CLI::App& command = add(parent, lesson);
    command.add_option("PLUGIN", wish.plugin, "its id; candour plugin list shows them")->required();
    return command;
}

}  // namespace

void add_plugin_config(CLI::App& plugin, Line& line) {
    CLI::App& config = add(
        plugin,
        {"config", "what a plugin is told about this house",
         "Each plugin says in its manifest which keys it takes. A secret is never typed here: put it into "
         "a file\nof the folder secrets beside the configuration (chmod o=), and set the key to "
         "secret:NAME of that file.",
         "candour plugin config set acme_chat url=https://chat.example/hook key=secret:acme_key"});
    config.require_subcommand(1);
    auto wish = std::make_shared<ConfigWish>();
    CLI::App& shown = add_for_plugin(
        config,
        {"show", "the keys that it takes, and what is set",
         "Secrets are shown by name. Needs the scope admin.", "candour plugin config show acme_chat"},
        *wish);
    run_by(shown, line, [&line, wish] { return show_config(line, *wish); });
    CLI::App& setting = add_for_plugin(
        config,
        {"set", "set keys, and start the plugin anew with them",
         "What does not fit the plugin's own schema is refused, with everything that is wrong at once.",
         "candour plugin config set acme_chat volume=11 key=secret:acme_key"},
        *wish);
    setting.add_option("KEY=VALUE", wish->what, "one or more")->required();
    run_by(setting, line, [&line, wish] { return set_config(line, *wish); });
    CLI::App& unsetting =
        add_for_plugin(config,
                       {"unset", "forget keys, and start the plugin anew without them",
                        "A plugin that cannot do without says so and does not run until it is set again.",
                        "candour plugin config unset acme_chat volume"},
                       *wish);
    unsetting.add_option("KEY", wish->what, "one or more")->required();
    run_by(unsetting, line, [&line, wish] { return unset(line, *wish); });
}

}  // namespace candour::app::cli
