#include <boost/json.hpp>
#include <fstream>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/private_file.hpp"
#include "app/cli/reach.hpp"
#include "app/cli/wall_clock.hpp"
#include "app/first_config.hpp"
#include "edge/store/migrate.hpp"

namespace candour::app::cli {
namespace {

namespace fs = std::filesystem;

int init(const Line& line, const std::string& folder, const std::string& database) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    const fs::path place = fs::canonical(folder, failed);
    if (failed)
        return fail(
            {ErrorCode::invalid, folder + ": expected a folder that can be written, " + failed.message()});
    const std::string url = database.empty() ? "sqlite:" + (place / "candour.db").string() : database;
    if (const auto target = store::Target::parse(url); !target) return fail_usage(target.error().message);
    const fs::path file = place / "candour.toml";
    if (Done written = write_private(file, first_config(url)); !written) {
        if (written.error().code != ErrorCode::conflict) return fail(written.error());
        return fail(
            {ErrorCode::conflict,
             file.string() +
                 " is there already and stays as it is; remove it first if you really mean to start over: "
                 "its key signs every link that customers have"});
    }
    if (line.shared.json)
        print_json(boost::json::object{{"file", file.string()}, {"database", url}});
    else
        std::cout << "Wrote " << file.string() << " (readable by you alone).\nNext: candour --config "
                  << file.string() << " migrate\n";
    return kOk;
}

int migrate(const Line& line) {
    return with_config(line.shared, {}, [&line](const Config& config) {
        const Result<store::Target> target = store::Target::parse(config.database);
        if (!target) return fail(target.error());
        const Result<store::Migrated> migrated = store::migrate(*target, wall_clock());
        if (!migrated) return fail(migrated.error());
        if (line.shared.json) {
            print_json(boost::json::object{{"applied", boost::json::value_from(migrated->applied)},
                                           {"number", migrated->number}});
            return int{kOk};
        }
        for (const std::string& name : migrated->applied) std::cout << "Applied migration " << name << ".\n";
        if (migrated->applied.empty())
            std::cout << "The database is up to date (migration " << migrated->number << ").\n";
        return int{kOk};
    });
}

/// Without the password that a URL may hold.
std::string shown(std::string url) {
    const std::size_t host = url.rfind('@');
    const std::size_t user = url.find("://");
    if (host == std::string::npos || user == std::string::npos) return url;
    const std::size_t colon = url.find(':', user + 3);
    return colon < host ? url.replace(colon + 1, host - colon - 1, "…") : url;
}

boost::json::object facts_of(const Config& config) {
    const auto& relay = config.submission;
    return {
        {"file", config.file.string()},
        {"database", shown(config.database)},
        {"listen", config.own_url()},
        {"public_url", config.policies.public_url},
        {"tls", config.tls ? config.tls->certificate.lexically_normal().string()
                           : std::string("none: the host speaks plain HTTP")},
        {"organisation", config.policies.organisation},
        {"zone", config.policies.zone},
        {"plugins", config.plugin_folder.string()},
        {"mail", config.has_submission
                     ? relay.host + ":" + std::to_string(relay.port) + " as " + config.mail_from
                     : "none: no mail leaves this host"},
        {"mail_in", config.intake ? mail::where(*config.intake) + ", answers to " +
                                        (config.intake_address.empty() ? "nowhere" : config.intake_address)
                                  : "none: no mail comes in"},
        {"keys", config.server_keys.size()}};
}

int check_config(const Line& line) {
    return with_config(line.shared, {}, [&line](const Config& config) {
        if (config.tls)
            if (const auto read = http::TlsCredentials::read(*config.tls); !read) return fail(read.error());
        const boost::json::object facts = facts_of(config);
        if (line.shared.json) {
            print_json(facts);
            return int{kOk};
        }
        Table table({"SETTING", "VALUE"});
        for (const auto& [key, value] : facts)
            table.row({std::string(key),
                       value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value)});
        table.print();
        const auto mode = fs::status(config.file).permissions();
        if ((mode & (fs::perms::group_read | fs::perms::others_read)) != fs::perms::none)
            std::cout << "\nOthers can read " << config.file.string()
                      << ", which holds keys; chmod 600 closes it.\n";
        std::cout << "\nNothing is wrong with it.\n";
        return int{kOk};
    });
}

}  // namespace

void add_setup(CLI::App& root, Line& line) {
    CLI::App& make =
        add(root,
            {"init", "write a first configuration with a key of its own",
             "Writes DIR/candour.toml, commented, readable by you alone, and never over one that is there.\n"
             "Its key signs the links that customers get: keep a copy of the file in a safe place.",
             "candour init --dir var\n"
             "candour init --dir /etc/candour --database postgresql://candour@db.example/candour"});
    make.group(kHouseGroup);
    struct Options {
        std::string folder, database;
    };
    auto options = std::make_shared<Options>();
    make.add_option("--dir", options->folder, "the folder; made when it is not there")
        ->required()
        ->type_name("DIR");
    make.add_option("--database", options->database,
                    "sqlite:PATH or postgresql://USER@HOST/NAME; a SQLite file in DIR when left out")
        ->type_name("URL");
    run_by(make, line, [&line, options] { return init(line, options->folder, options->database); });

    CLI::App& bring =
        add(root, {"migrate", "bring the database up to date",
                   "Applies the migrations that are missing, all or none. Running it again changes nothing.\n"
                   "A host refuses to start on a database that is behind, or ahead of it.",
                   "candour migrate"});
    bring.group(kHouseGroup);
    run_by(bring, line, [&line] { return migrate(line); });

    CLI::App& config = add(root, {"config", "look at the configuration",
                                  "The configuration is one TOML file: --config, CANDOUR_CONFIG, "
                                  "./candour.toml or ./var/candour.toml.",
                                  "candour config check"});
    config.group(kHouseGroup)->require_subcommand(1);
    CLI::App& check = add(config, {"check", "find everything that is wrong, at once",
                                   "Prints each problem with its line, what was expected and what to do; "
                                   "then what the host would use.\n"
                                   "Secrets are never shown. Exit code 1 when something is wrong.",
                                   "candour --config /etc/candour/candour.toml config check"});
    run_by(check, line, [&line] { return check_config(line); });

    CLI::App& version = add(root, {"version", "say which version this is",
                                   "One line, or with --json an object.", "candour version"});
    version.group(kHouseGroup);
    run_by(version, line, [&line] {
        if (line.shared.json)
            print_json(boost::json::object{{"version", CANDOUR_VERSION}});
        else
            std::cout << "candour " << CANDOUR_VERSION << "\n";
        return int{kOk};
    });
}

}  // namespace candour::app::cli
