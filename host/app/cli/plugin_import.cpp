#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/plugin_house.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct ImportWish {
    std::string plugin, format, file;
};

int import(const Line& line, const ImportWish& wish) {
    const Result<std::string> text = read_file(wish.file);
    if (!text) return fail(text.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const std::string name =
            wish.file == "-" ? "file" : std::filesystem::path(wish.file).filename().string();
        const Result<boost::json::value> report =
            api.post_text("/api/v1/plugins/" + http::percent_encode(wish.plugin) + "/imports/" +
                              http::percent_encode(wish.format) + "?name=" + http::percent_encode(name),
                          *text, "application/octet-stream");
        if (!report) return report.error();
        if (line.shared.json) {
            print_json(*report);
            return int{kOk};
        }
        std::cout << number_at(*report, "rows") << " rows: " << number_at(*report, "new") << " new answers, "
                  << number_at(*report, "known") << " that were there already, "
                  << number_at(*report, "refused") << " refused.\n";
        for (const boost::json::value& row : list_at(*report, "refused_rows"))
            std::cout << "  row " << number_at(row, "row") << ": " << on_one_line(text_at(row, "why"))
                      << "\n";
        return int{kOk};
    });
}

}  // namespace

void add_plugin_import(CLI::App& plugin, Line& line) {
    CLI::App& command =
        add(plugin, {"import", "read in a file by the plugin that knows its format",
                     "Importing a file again changes nothing that is there. Needs the scope admin.",
                     "candour plugin import acme_forms csv answers.csv"});
    auto wish = std::make_shared<ImportWish>();
    command.add_option("PLUGIN", wish->plugin, "its id; candour plugin list shows them")->required();
    command.add_option("FORMAT", wish->format, "one of \"imports\" in its manifest")->required();
    command.add_option("FILE", wish->file, "the file; - reads standard input")->required();
    run_by(command, line, [&line, wish] { return import(line, *wish); });
}

}  // namespace candour::app::cli
