#include <algorithm>
#include <iostream>
#include <memory>
#include <sstream>

#include "app/cli/commands.hpp"
#include "app/cli/tree.hpp"

namespace candour::app::cli {
namespace {

std::string spaced(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
}

std::vector<std::string> names_of(const std::vector<OptionLine>& options) {
    std::vector<std::string> all;
    for (const OptionLine& option : options) all.insert(all.end(), option.names.begin(), option.names.end());
    return all;
}

/// In single quotes of a shell.
std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

bool takes_value(const OptionLine& option) {
    return !option.value.empty() || !option.choices.empty();
}

/// `'candour item list --state') …` for every option that takes a value; the shared ones stand at the root.
std::string value_cases(const std::vector<CommandLine>& tree) {
    std::ostringstream out;
    for (const CommandLine& command : tree)
        for (const OptionLine& option : command.options) {
            if (!takes_value(option)) continue;
            for (std::size_t i = 0; i < option.names.size(); ++i)
                out << (i == 0 ? "        " : "|") << quoted(command.path + " " + option.names[i]);
            out << ") "
                << (option.choices.empty() ? "_candour_files"
                                           : "_candour_words " + quoted(spaced(option.choices)))
                << "; return ;;\n";
        }
    return out.str();
}

std::string path_cases(const std::vector<CommandLine>& tree) {
    std::ostringstream out;
    const std::vector<std::string> everywhere = names_of(tree.front().options);
    for (const CommandLine& command : tree) {
        std::vector<std::string> options = names_of(command.options);
        for (const std::string& name : everywhere)
            if (std::find(options.begin(), options.end(), name) == options.end()) options.push_back(name);
        out << "        " << quoted(command.path) << ") commands=" << quoted(spaced(command.commands))
            << " options=" << quoted(spaced(options)) << " ;;\n";
    }
    return out.str();
}

/// Which words lead deeper; options and their values are stepped over.
std::string known_paths(const std::vector<CommandLine>& tree) {
    std::string all;
    for (const CommandLine& command : tree) all += (all.empty() ? "" : "|") + quoted(command.path);
    return all;
}

/// Behind it the shells agree: which command the words so far lead to, and what may follow there.
constexpr const char* kWalk = R"(        case "$at $word" in
            @PATHS@) at="$at $word" ;;
        esac
    done
    _candour_value() {
        case "$1" in
@VALUES@        esac
        return 1
    }
    if _candour_value "$at $previous" || { [[ $previous == -* ]] && _candour_value "candour $previous"; }; then return; fi
    case "$at" in
@COMMANDS@    esac
    if [[ $current == -* ]]; then
        _candour_words "$options"
    elif [[ -n $commands ]]; then
        _candour_words "$commands"
    else
        _candour_files
    fi
}
)";

constexpr const char* kBash =
    R"(# Completion of candour for bash. Written by `candour completion bash`; load it with
#     source <(candour completion bash)
_candour_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }
_candour_files() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); }
_candour() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} at=candour word i commands options
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
@WALK@complete -F _candour candour
)";

constexpr const char* kZsh = R"(#compdef candour
# Completion of candour for zsh. Written by `candour completion zsh`; put it into a folder of $fpath as _candour.
_candour_words() { compadd -- ${=1}; }
_candour_files() { _files; }
_candour() {
    local current=$words[CURRENT] previous=$words[CURRENT-1] at=candour word i commands options
    for ((i = 2; i < CURRENT; i++)); do
        word=$words[i]
@WALK@_candour "$@"
)";

std::string filled(std::string text, const std::string& mark, const std::string& with) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with.size()))
        text.replace(at, mark.size(), with);
    return text;
}

std::string completed(const char* shell, const std::vector<CommandLine>& tree) {
    std::string script = filled(filled(shell, "@WALK@", kWalk), "@PATHS@", known_paths(tree));
    script = filled(script, "@VALUES@", value_cases(tree));
    return filled(script, "@COMMANDS@", path_cases(tree));
}

int print(const Line& line, const CLI::App& root, const std::string& shell) {
    if (line.shared.json)
        return fail_usage("--json: a completion is a script of its shell, there is no other form");
    const std::vector<CommandLine> tree = command_tree(root);
    std::cout << (shell == "bash"  ? bash_completion(tree)
                  : shell == "zsh" ? zsh_completion(tree)
                                   : fish_completion(tree));
    return kOk;
}

}  // namespace

std::string bash_completion(const std::vector<CommandLine>& tree) {
    return completed(kBash, tree);
}
std::string zsh_completion(const std::vector<CommandLine>& tree) {
    return completed(kZsh, tree);
}

std::string fish_completion(const std::vector<CommandLine>& tree) {
    std::ostringstream out;
    out << "# Completion of candour for fish. Written by `candour completion fish`; put it into "
           "~/.config/fish/completions/candour.fish\n"
           "function __candour_at\n"
           "    set -l at candour\n"
           "    for word in (commandline -opc)[2..-1]\n"
           "        switch \"$at $word\"\n            case";
    for (const CommandLine& command : tree) out << " " << quoted(command.path);
    out << "\n                set at \"$at $word\"\n        end\n    end\n    test \"$at\" = "
           "\"$argv[1]\"\nend\n";
    for (const CommandLine& command : tree) {
        const std::string when = " -n " + quoted("__candour_at " + quoted(command.path));
        for (const std::string& child : command.commands)
            for (const CommandLine& each : tree)
                if (each.path == command.path + " " + child)
                    out << "complete -c candour -f" << when << " -a " << quoted(child) << " -d "
                        << quoted(each.summary) << "\n";
        const bool everywhere = &command == &tree.front();
        for (const OptionLine& option : command.options) {
            out << "complete -c candour" << (everywhere ? "" : when);
            for (const std::string& name : option.names)
                out << (name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1));
            if (takes_value(option)) out << " -r";
            if (!option.choices.empty()) out << " -f -a " << quoted(spaced(option.choices));
            out << " -d " << quoted(option.description) << "\n";
        }
    }
    return out.str();
}

void add_completion(CLI::App& root, Line& line) {
    CLI::App& command =
        add(root,
            {"completion", "let your shell complete commands, options and choices",
             "Prints a script for bash, zsh or fish; it is made of the very commands that this program has.",
             "source <(candour completion bash)\n"
             "candour completion zsh > ~/.zsh/completions/_candour\n"
             "candour completion fish > ~/.config/fish/completions/candour.fish"});
    command.group(kHouseGroup);
    auto shell = std::make_shared<std::string>();
    command.add_option("SHELL", *shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    run_by(command, line, [&line, &root, shell] { return print(line, root, *shell); });
}

}  // namespace candour::app::cli
