/// What every command of the command line shares: how it is declared, explained and ended.
#pragma once
#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <vector>

#include "candour/result.hpp"

namespace candour::app::cli {

/// What a shell script can rely on.
enum Exit : int {
    kOk = 0,
    kFailed = 1,       ///< refused, conflict, findings
    kUsage = 2,        ///< the command line itself is wrong
    kUnreachable = 3,  ///< the host or the database cannot be reached
};

/// Options that every command takes, wherever they stand.
struct Shared {
    std::string config;
    std::string url;
    std::string token;
    bool json = false;
};

/// The whole command line: options land in `shared`, the command that was named in `action`.
struct Line {
    Shared shared;
    std::function<int()> action;
};

/// How a command introduces itself. `example` is what somebody would really type.
struct Lesson {
    const char* name;
    const char* summary;
    const char* lesson;
    const char* example;
};

/// A group of commands, or with `run` a command of its own.
CLI::App& add(CLI::App& parent, const Lesson& lesson);
void run_by(CLI::App& command, Line& line, std::function<int()> action);

/// The page that --help shows; `program` stands at the root.
std::string help_text(const CLI::App& command);
/// `candour item hear`
std::string path_of(const CLI::App& command);
/// The last command that was named.
const CLI::App& deepest(const CLI::App& root);
/// One sentence about what is wrong with what was typed.
std::string complaint(const CLI::App& root, const CLI::ParseError& error);

/// Says `candour: …` on stderr; returns the exit code that fits.
int fail(const Error& error);
int fail_usage(const std::string& what);

}  // namespace candour::app::cli
