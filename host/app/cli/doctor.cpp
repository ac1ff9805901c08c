#include "app/doctor.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"

namespace candour::app::cli {
namespace {

const char* word_of(Diagnosis::Kind kind) {
    switch (kind) {
        case Diagnosis::Kind::fine:
            return "ok";
        case Diagnosis::Kind::remark:
            return "note";
        case Diagnosis::Kind::trouble:
            break;
    }
    return "WRONG";
}

int examine_all(const Line& line) {
    return with_config(line.shared, {}, [&line](const Config& config) {
        const Result<std::string> host = host_url(line.shared);
        if (!host) return fail(host.error());
        const std::vector<Diagnosis> all = examine(config, *host);
        int troubles = 0;
        boost::json::array documents;
        for (const Diagnosis& each : all) {
            troubles += each.kind == Diagnosis::Kind::trouble ? 1 : 0;
            documents.push_back(boost::json::object{
                {"part", each.part},
                {"standing", each.kind == Diagnosis::Kind::trouble ? "wrong" : word_of(each.kind)},
                {"found", each.found},
                {"remedy", each.remedy}});
            if (line.shared.json) continue;
            std::cout << each.part << std::string(15 - std::min<std::size_t>(14, each.part.size()), ' ')
                      << word_of(each.kind)
                      << std::string(7 - std::string_view(word_of(each.kind)).size(), ' ')
                      << on_one_line(each.found) << "\n";
            if (!each.remedy.empty())
                std::cout << std::string(22, ' ') << "-> " << on_one_line(each.remedy) << "\n";
        }
        if (line.shared.json)
            print_json(boost::json::object{{"wrong", troubles}, {"parts", std::move(documents)}});
        else
            std::cout << "\n"
                      << (troubles == 0
                              ? "Nothing is wrong.\n"
                              : std::to_string(troubles) +
                                    (troubles == 1 ? " thing is wrong.\n" : " things are wrong.\n"));
        return troubles == 0 ? int{kOk} : int{kFailed};
    });
}

}  // namespace

void add_doctor(CLI::App& root, Line& line) {
    CLI::App& command = add(
        root, {"doctor", "look at the whole installation",
               "Configuration, database, ledger (a sample), clock, disk, open files, plugins, mail relay, "
               "certificate, the host and\n"
               "its public address: what was found, and what to do. Changes nothing. Exit code 1 when "
               "something is wrong.",
               "candour doctor\ncandour doctor --json | jq '.parts[] | select(.standing == \"wrong\")'"});
    command.group(kHouseGroup);
    run_by(command, line, [&line] { return examine_all(line); });
}

}  // namespace candour::app::cli
