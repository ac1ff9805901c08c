#include <boost/json.hpp>
#include <fstream>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/plugin_author.hpp"
#include "app/tool/validation.hpp"

namespace candour::app::cli {
namespace {

using boost::json::object;

struct ValidateOptions {
    tool::Wish wish;
    std::string junit;
    int seconds = 45;
    bool list = false;
};

const char* word_for(tool::Outcome outcome) {
    if (outcome == tool::Outcome::passed) return "passed";
    return outcome == tool::Outcome::failed ? "FAILED" : "skipped";
}

void print_finding(const tool::Finding& finding) {
    const tool::Verdict& verdict = finding.result.verdict;
    std::string id = finding.tried.id;
    id.resize(std::max<std::size_t>(id.size(), 18), ' ');
    std::cout << "  " << finding.tried.level << "  " << word_for(verdict.outcome)
              << (verdict.outcome == tool::Outcome::skipped ? " " : "  ") << id << " " << finding.tried.what;
    if (!verdict.why.empty())
        std::cout << (verdict.outcome == tool::Outcome::failed ? "\n              " : ": ")
                  << on_one_line(verdict.why);
    std::cout << "\n";
    if (verdict.outcome == tool::Outcome::failed && !finding.result.said.empty())
        std::cout << indented(finding.result.said, "              | ");
    std::cout << std::flush;
}

object document_of(const tool::Finding& finding) {
    const tool::Verdict& verdict = finding.result.verdict;
    std::string outcome = word_for(verdict.outcome);
    if (verdict.outcome == tool::Outcome::failed) outcome = "failed";
    return object{{"case", finding.tried.id},   {"level", finding.tried.level},
                  {"what", finding.tried.what}, {"outcome", outcome},
                  {"why", verdict.why},         {"ms", finding.result.took.count()},
                  {"said", finding.result.said}};
}

void print_document(const tool::Validation& validation, const tool::Wish& wish) {
    boost::json::array cases;
    for (const tool::Finding& finding : validation.findings) cases.push_back(document_of(finding));
    print_json(object{{"plugin", validation.plugin},
                      {"version", validation.version},
                      {"seed", wish.seed},
                      {"passed", validation.count(tool::Outcome::passed)},
                      {"failed", validation.count(tool::Outcome::failed)},
                      {"skipped", validation.count(tool::Outcome::skipped)},
                      {"cases", cases}});
}

void print_end(const tool::Validation& validation, const tool::Wish& wish) {
    std::cout << validation.plugin << " " << validation.version << ": "
              << validation.count(tool::Outcome::passed) << " passed, "
              << validation.count(tool::Outcome::failed) << " failed, "
              << validation.count(tool::Outcome::skipped) << " skipped; seed " << wish.seed << "\n";
}

int list_levels(const Line& line) {
    boost::json::array all;
    Table table({"LEVEL", "CASE", "PROMISE"});
    for (const tool::Case& one : tool::every_case()) {
        all.push_back(object{{"case", one.id}, {"level", one.level}, {"what", one.what}});
        table.row({std::to_string(one.level), one.id, one.what});
    }
    if (line.shared.json)
        print_json(object{{"cases", all}});
    else
        table.print();
    return kOk;
}

int validate(const Line& line, const ValidateOptions& options) {
    if (options.list) return list_levels(line);
    if (options.wish.plugin.empty())
        return fail_usage("expected PLUGIN, the folder or the library of a plugin, found none");
    tool::Wish wish = options.wish;
    wish.patience = std::chrono::seconds(options.seconds);
    const Result<tool::Validation> validation = tool::validate(wish, [&line](const tool::Finding& finding) {
        if (!line.shared.json) print_finding(finding);
    });
    if (!validation) return fail(validation.error());
    if (line.shared.json)
        print_document(*validation, wish);
    else
        print_end(*validation, wish);
    if (!options.junit.empty()) {
        std::ofstream stream(options.junit, std::ios::binary);
        stream << tool::junit_of(*validation);
        if (!stream.flush())
            return fail(Error{ErrorCode::unavailable, options.junit + ": cannot be written"});
    }
    return validation->count(tool::Outcome::failed) == 0 ? kOk : kFailed;
}

}  // namespace

void add_plugin_validate(CLI::App& plugin, Line& line) {
    CLI::App& command =
        add(plugin, {"validate", "try what a plugin promises, before anybody relies on it",
                     "Runs each case in a process of its own with a time limit, so that a crash or a hang is "
                     "a finding. Levels: "
                     "1 the file,\nthe manifest and loading; 2 its life; 3 a host that denies and fails; 4 "
                     "odd input in guarded "
                     "memory; 5 workers that die; 6 the laws of\nmetrics and campaigns; 7 threads; 8 time "
                     "and memory; 9 the sandbox. The same --seed gives the same "
                     "input. Exit code 1: findings.",
                     "candour plugin validate build/plugins/acme-sms\n"
                     "candour plugin validate acme.so --level 4 --junit validate.xml\n"
                     "candour plugin validate acme.so --only input.fuzz --seed 4711"});
    auto options = std::make_shared<ValidateOptions>();
    command.add_option("PLUGIN", options->wish.plugin, "its folder, or its library beside manifest.json");
    command.add_option("--level", options->wish.level, "up to this level; without it: all")
        ->check(CLI::Range(1, 9))
        ->type_name("1..9");
    command.add_option("--only", options->wish.only, "these cases, or those whose names begin so")
        ->type_name("CASE");
    command.add_option("--seed", options->wish.seed, "of everything random; without it: 1")
        ->type_name("NUMBER");
    command.add_option("--timeout", options->seconds, "for each case; without it: 45")
        ->check(CLI::Range(1, 3600))
        ->type_name("SECONDS");
    command
        .add_option("--junit", options->junit, "also write the findings there, for continuous integration")
        ->type_name("FILE");
    command.add_flag("--list", options->list, "name the cases and try none");
    run_by(command, line, [&line, options] { return validate(line, *options); });
}

}  // namespace candour::app::cli
