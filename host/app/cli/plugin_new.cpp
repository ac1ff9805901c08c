#include <boost/json.hpp>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/plugin_author.hpp"
#include "app/tool/scaffold.hpp"

namespace candour::app::cli {
namespace {

int write(const Line& line, tool::Scaffold wish) {
    if (wish.folder.empty()) wish.folder = wish.id;
    const Result<std::vector<std::string>> files = tool::write_scaffold(wish);
    if (!files)
        return files.error().code == ErrorCode::invalid ? fail_usage(files.error().message)
                                                        : fail(files.error());
    if (line.shared.json) {
        const boost::json::array names(files->begin(), files->end());
        print_json(boost::json::object{{"folder", wish.folder.string()}, {"files", names}});
        return kOk;
    }
    std::cout << "Written: " << wish.folder.string() << ", a " << wish.role << " in " << wish.language
              << "\n";
    for (const std::string& file : *files) std::cout << "  " << file << "\n";
    std::cout << "Next: cd " << wish.folder.string()
              << " && cmake -B build && cmake --build build && ctest --test-dir build --output-on-failure\n";
    return kOk;
}

}  // namespace

void add_plugin_new(CLI::App& plugin, Line& line) {
    CLI::App& command = add(
        plugin,
        {"new", "begin a plugin: a folder that builds, tests and validates",
         "Writes a small plugin that works, with its manifest, its test and a CMake file; it needs the "
         "installed SDK\n"
         "(the package candour-plugin-dev) and nothing of the host's sources.\n"
         "Roles: collector asks and stores, deliverer brings messages, metric computes a figure,\n"
         "signal finds what deserves attention, campaign words invitations and shows the page behind them.",
         "candour plugin new acme-sms --role deliverer --lang c\n"
         "candour plugin new com.acme.csat --role metric --dir ~/csat"});
    auto wish = std::make_shared<tool::Scaffold>();
    wish->role = "collector";
    wish->language = "cpp";
    command.add_option("NAME", wish->id, "its id: a-z, 0-9 and _, words joined by . or -")->required();
    command.add_option("--role", wish->role, "what it is; without it: collector")
        ->check(CLI::IsMember(tool::scaffold_roles()))
        ->type_name("ROLE");
    command.add_option("--lang", wish->language, "cpp (C++20), c (C11) or rust (no crate); without it: cpp")
        ->check(CLI::IsMember(tool::scaffold_languages()))
        ->type_name("LANGUAGE");
    command.add_option("--dir", wish->folder, "where to write it; without it: ./NAME")->type_name("FOLDER");
    run_by(command, line, [&line, wish] { return write(line, *wish); });
}

}  // namespace candour::app::cli
