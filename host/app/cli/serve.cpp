#include "app/serve.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/private_file.hpp"
#include "app/cli/reach.hpp"

namespace candour::app::cli {
namespace {

struct ServeWish {
    ServeOptions options;
    int port = 0;
    std::string database;
};

/// While a host listens elsewhere than its configuration says, the other commands find it by this file.
class AddressNote {
 public:
    explicit AddressNote(const Config& config) : file_(address_file(config.file)) {
        // A folder that is not ours to write in only means that --url has to be said.
        (void)replace_private(file_, config.own_url() + "\n");
    }
    ~AddressNote() {
        std::error_code ignored;
        std::filesystem::remove(file_, ignored);
    }
    AddressNote(const AddressNote&) = delete;
    AddressNote& operator=(const AddressNote&) = delete;

 private:
    std::filesystem::path file_;
};

/// Demo mail stays in the house, but a letter still has a sender. An address under .example reaches nobody.
Config with_demo_sender(Config config) {
    if (config.mail_from.empty() && !config.has_submission) config.mail_from = "feedback@our-company.example";
    return config;
}

int serve_with(const Line& line, const ServeWish& wish) {
    ConfigOverrides overrides;
    if (wish.port != 0) overrides.port = static_cast<std::uint16_t>(wish.port);
    if (!wish.database.empty()) overrides.database = wish.database;
    return with_config(line.shared, overrides, [&wish](const Config& config) {
        if (!wish.options.test_clock.empty() && !config.test)
            return fail_usage(
                "--test-clock moves time, so it is refused unless the configuration says test = true");
        if (const auto target = usable_target(config); !target) return fail(target.error());
        std::error_code ignored;
        std::filesystem::remove(address_file(config.file), ignored);
        std::unique_ptr<AddressNote> note;
        if (wish.port != 0) note = std::make_unique<AddressNote>(config);
        return serve(wish.options.demo ? with_demo_sender(config) : config, wish.options);
    });
}

int print_routes(const Line& line, const ServeOptions& options) {
    return with_config(line.shared, {}, [&](const Config& config) {
        boost::json::array documents;
        Table table({"METHOD", "FOR", "PATH"});
        for (const ServedRoute& route : served_routes(config, options)) {
            documents.push_back(boost::json::object{
                {"method", route.method}, {"path", route.path}, {"audience", route.audience}});
            table.row({route.method, route.audience, route.path});
        }
        if (line.shared.json)
            print_json(boost::json::object{{"routes", std::move(documents)}});
        else
            table.print();
        return int{kOk};
    });
}

void add_routes(CLI::App& root, Line& line) {
    CLI::App& command = add(root, {"routes", "the addresses that the host answers",
                                   "For whoever sets up a proxy in front of it: customers need /s, /l, /u "
                                   "and /c, your team the rest. Nothing is started.",
                                   "candour routes\ncandour routes --json | jq -r '.routes[] | "
                                   "select(.audience == \"customer\") | .path'"});
    command.group(kHouseGroup);
    auto options = std::make_shared<ServeOptions>();
    command.add_flag("--demo", options->demo, "with those of candour serve --demo");
    run_by(command, line, [&line, options] { return print_routes(line, *options); });
}

}  // namespace

void add_serve(CLI::App& root, Line& line) {
    CLI::App& command = add(
        root,
        {"serve", "run the host",
         "Serves the survey pages, the loop pages and the API, and sends what was promised. Ctrl-C or "
         "SIGTERM\n"
         "stops it cleanly; nothing that was answered with success is ever lost, even by a power cut. With\n"
         "[server.tls] in the configuration it speaks TLS, and SIGHUP reads a renewed certificate.",
         "candour serve\n"
         "candour serve --demo --port 8090\n"
         "candour serve --plugin-mode sandbox\n"
         "candour serve --database postgresql://candour@db.example/candour"});
    command.group(kHouseGroup);
    auto wish = std::make_shared<ServeWish>();
    command.add_flag("--demo", wish->options.demo,
                     "show every mail at /demo/mail; without a relay mail stays in the house");
    command.add_option("--port", wish->port, "in place of the configuration's")
        ->check(CLI::Range(1, 65535))
        ->type_name("PORT");
    command.add_option("--database", wish->database, "in place of the configuration's")->type_name("URL");
    command
        .add_option(
            "--plugin-mode", wish->options.plugin_mode,
            "where every plugin runs: in_process, worker (a process of its own) or sandbox (one that the "
            "kernel fences in); without it the configuration decides: plugins.isolation")
        ->check(CLI::IsMember({"in_process", "worker", "sandbox"}))
        ->type_name("MODE");
    command
        .add_option("--test-clock", wish->options.test_clock,
                    "a UNIX socket by which a test moves time; needs test = true")
        ->type_name("SOCKET");
    run_by(command, line, [&line, wish] { return serve_with(line, *wish); });
    add_routes(root, line);
}

}  // namespace candour::app::cli
