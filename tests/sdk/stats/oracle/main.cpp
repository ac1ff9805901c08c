/// Runs the cases of an oracle file against the statistics library.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "sdk/stats/oracle/cases.hpp"
#include "sdk/stats/oracle/compare.hpp"

namespace candour::oracle {
namespace {

constexpr std::string_view kHelp = R"(stats_oracle: runs known cases against Candour's statistics library.

  stats_oracle FILE.json          prints each case that fails, then "N passed, M failed, K skipped"
  stats_oracle --json FILE.json   the same as one JSON document

A file is an object with a list of cases:

  { "cases": [ { "id": "wilson.pub.1_29", "fn": "wilson_interval", "inputs": { "x": 1, "n": 29, "confidence": 0.95 },
                 "expected": { "ci": [0.0061, 0.1718] }, "tol_abs": 5e-05 } ] }

Numbers are compared within tol_abs; text, booleans, whole numbers and lists of ids exactly. "info" is not compared.
A case whose fn is not known is skipped, and the fn is named once. Example:

  build/bin/stats_oracle tests/sdk/stats/metrics.json

Exit status: 0 when nothing failed, 1 when a case failed, 2 when the file or the command is wrong.
)";

struct Failure {
    std::string id;
    std::string function;
    std::string what;
};

struct Report {
    std::int64_t passed = 0;
    std::int64_t skipped = 0;
    std::vector<Failure> failures;
    std::set<std::string, std::less<>> unknown;
};

struct Case {
    std::string id;
    std::string function;
    json::object inputs;
    json::object expected;
    double tolerance = 0;
};

/// Throws when a part is missing or of another kind.
Case case_of(const json::value& value) {
    const json::object& in = value.as_object();
    const json::value* tolerance = in.if_contains("tol_abs");
    return {std::string(in.at("id").as_string()), std::string(in.at("fn").as_string()),
            in.at("inputs").as_object(), in.at("expected").as_object(),
            tolerance == nullptr ? 0 : tolerance->to_number<double>()};
}

std::string sentence(const Difference& of) {
    std::string text =
        of.where + ": got " + json::serialize(of.got) + ", expected " + json::serialize(of.expected);
    if (of.got.is_number() && of.expected.is_number()) {
        char off[32];
        std::snprintf(off, sizeof off, "%.3g",
                      std::abs(of.got.to_number<double>() - of.expected.to_number<double>()));
        text += std::string(" (off by ") + off + ")";
    }
    return text;
}

/// The wall: whatever a function says against its inputs is the case's failure.
std::optional<std::string> failure_of(const Case& one, const Function& function) {
    try {
        const std::optional<Difference> found =
            first_difference(function(one.inputs), one.expected, one.tolerance);
        return found ? std::optional(sentence(*found)) : std::nullopt;
    } catch (const std::exception& refused) {
        return "got an error, expected " + json::serialize(one.expected) + ": " + refused.what();
    }
}

Report run(const std::vector<Case>& cases) {
    Functions functions;
    add_nps(functions);
    add_people(functions);
    add_loops(functions);
    add_patterns(functions);
    Report report;
    for (const Case& one : cases) {
        const auto function = functions.find(one.function);
        if (function == functions.end()) {
            ++report.skipped;
            report.unknown.insert(one.function);
            continue;
        }
        if (const auto what = failure_of(one, function->second))
            report.failures.push_back({one.id, one.function, *what});
        else
            ++report.passed;
    }
    return report;
}

void print(const Report& report) {
    for (const Failure& one : report.failures)
        std::cout << "FAIL " << one.id << " (" << one.function << ") " << one.what << "\n";
    for (const std::string& function : report.unknown) std::cout << "SKIP unknown fn: " << function << "\n";
    std::cout << report.passed << " passed, " << report.failures.size() << " failed, " << report.skipped
              << " skipped\n";
}

void print_json(const Report& report) {
    json::array failures, unknown;
    for (const Failure& one : report.failures)
        failures.push_back({{"id", one.id}, {"fn", one.function}, {"what", one.what}});
    for (const std::string& function : report.unknown) unknown.emplace_back(function);
    std::cout << json::serialize(json::object{{"passed", report.passed},
                                              {"failed", report.failures.size()},
                                              {"skipped", report.skipped},
                                              {"failures", std::move(failures)},
                                              {"unknown_functions", std::move(unknown)}})
              << "\n";
}

int wrong(const std::string& what) {
    std::cerr << "stats_oracle: " << what << "\n";
    return 2;
}

std::vector<Case> cases_of(const json::value& document) {
    const json::object* top = document.if_object();
    const json::value* list = top == nullptr ? nullptr : top->if_contains("cases");
    if (list == nullptr || !list->is_array())
        throw std::invalid_argument("expected an object with a list \"cases\"");
    std::vector<Case> cases;
    for (const json::value& one : list->as_array()) {
        try {
            cases.push_back(case_of(one));
        } catch (const std::exception&) {
            throw std::invalid_argument(
                "case " + std::to_string(cases.size() + 1) +
                ": expected id and fn as text, inputs and expected as objects, tol_abs as a number; found " +
                json::serialize(one).substr(0, 200));
        }
    }
    return cases;
}

int run_file(const std::string& path, bool as_json) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file.is_open() || std::filesystem::is_directory(path))
        return wrong(path + ": expected a file that can be read");
    text << file.rdbuf();
    boost::system::error_code bad;
    json::stream_parser parser;
    parser.write(text.str(), bad);
    if (!bad) parser.finish(bad);
    if (bad) return wrong(path + ": expected JSON, found something else (" + bad.message() + ")");
    try {
        const Report report = run(cases_of(parser.release()));
        as_json ? print_json(report) : print(report);
        return report.failures.empty() ? 0 : 1;
    } catch (const std::invalid_argument& unfit) {
        return wrong(path + ": " + unfit.what());
    }
}

}  // namespace
}  // namespace candour::oracle

int main(int count, char** words) {
    std::string path;
    bool as_json = false;
    for (int at = 1; at < count; ++at) {
        const std::string word = words[at];
        if (word == "--help" || word == "-h") {
            std::cout << candour::oracle::kHelp;
            return 0;
        }
        if (word == "--json")
            as_json = true;
        else if (word.starts_with("-") || !path.empty())
            return candour::oracle::wrong("expected one FILE.json, found also \"" + word +
                                          "\"; stats_oracle --help shows an example");
        else
            path = word;
    }
    if (path.empty())
        return candour::oracle::wrong(
            "expected FILE.json, found nothing; stats_oracle --help shows an example");
    return candour::oracle::run_file(path, as_json);
}
