/// The whole command line as plain values: what shells complete and manual pages print.
#pragma once
#include <string>
#include <vector>

#include "app/cli/frame.hpp"

namespace candour::app::cli {

struct OptionLine {
    std::vector<std::string> names;    ///< `--state`, `-h`; a positional has none
    std::string value;                 ///< what stands behind it, `FILE`; empty for a flag
    std::vector<std::string> choices;  ///< when only these are taken
    std::string description;
    bool required = false;
};

struct CommandLine {
    std::string path;  ///< `candour item list`
    std::string summary;
    std::string lesson;
    std::string example;
    std::vector<OptionLine> options;
    std::vector<OptionLine> positionals;
    std::vector<std::string> commands;  ///< below it
};

/// Parents before their children, in the order of `candour --help`.
std::vector<CommandLine> command_tree(const CLI::App& root);

std::string bash_completion(const std::vector<CommandLine>& tree);
std::string zsh_completion(const std::vector<CommandLine>& tree);
std::string fish_completion(const std::vector<CommandLine>& tree);
/// A page for man(1), in troff. `date` as YYYY-MM-DD.
std::string man_page(const std::vector<CommandLine>& tree, const std::string& version,
                     const std::string& date);

}  // namespace candour::app::cli
