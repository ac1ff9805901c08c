#include "app/cli/frame.hpp"

#include <algorithm>
#include <iostream>
#include <sstream>

#include "app/cli/output.hpp"
#include "app/nearest.hpp"

namespace candour::app::cli {
namespace {

constexpr std::size_t kNameColumn = 26;
constexpr std::size_t kLineLength = 96;
constexpr const char* kEverywhere =
    "Every command also takes --json, --config FILE, --url URL and --token TOKEN: candour --help explains "
    "them.\n";

/// A name in the left column, its words wrapped in the right one.
std::string entry(const std::string& name, const std::string& words) {
    std::string out = "  " + name;
    out += name.size() + 3 > kNameColumn ? "\n" + std::string(kNameColumn, ' ')
                                         : std::string(kNameColumn - name.size() - 2, ' ');
    std::size_t column = kNameColumn;
    std::istringstream stream(words);
    for (std::string word; stream >> word; column += word.size() + 1) {
        const bool first = out.back() == ' ';
        if (!first && column + word.size() > kLineLength) {
            out += "\n" + std::string(kNameColumn, ' ');
            column = kNameColumn;
        } else if (!first) {
            out += ' ';
        }
        out += word;
    }
    return out + "\n";
}

std::string option_name(const CLI::Option& option) {
    std::string name = option.get_positional() ? option.get_name(true) : option.get_name(false, true);
    if (!option.get_positional() && option.get_type_size() != 0) name += " " + option.get_type_name();
    return name;
}

std::vector<const CLI::Option*> options_of(const CLI::App& command, bool positional) {
    return command.get_options([positional](const CLI::Option* option) {
        return option->get_positional() == positional && !option->get_group().empty() &&
               option->get_name() != "--help";
    });
}

std::string usage(const CLI::App& command) {
    std::string text = "Usage: " + path_of(command);
    for (const CLI::Option* option : options_of(command, true))
        text += option->get_required() ? " " + option->get_name(true) : " [" + option->get_name(true) + "]";
    for (const CLI::Option* option : options_of(command, false))
        if (option->get_required()) text += " " + option_name(*option);
    const auto options = options_of(command, false);
    const bool optional =
        std::ranges::any_of(options, [](const CLI::Option* option) { return !option->get_required(); });
    if (!command.get_subcommands({}).empty()) text += " COMMAND";
    return text + (optional ? " [options]\n" : "\n");
}

std::string commands(const CLI::App& command) {
    std::string text, group;
    for (const CLI::App* child : command.get_subcommands({})) {
        if (child->get_group() != group) {
            group = child->get_group();
            text += "\n" + (group == "Subcommands" ? std::string("Commands") : group) + "\n";
        }
        text += entry(child->get_name(), child->get_description());
    }
    return text;
}

std::vector<std::string> known_words(const CLI::App& command) {
    std::vector<std::string> words;
    for (const CLI::App* child : command.get_subcommands({})) words.push_back(child->get_name());
    for (const CLI::App* at = &command; at != nullptr; at = at->get_parent())
        for (const CLI::Option* option : at->get_options({}))
            for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
    return words;
}

}  // namespace

CLI::App& add(CLI::App& parent, const Lesson& lesson) {
    CLI::App* command = parent.add_subcommand(lesson.name, lesson.summary);
    command->footer(std::string(lesson.lesson) + "\f" + lesson.example);
    command->fallthrough();
    return *command;
}

void run_by(CLI::App& command, Line& line, std::function<int()> action) {
    command.callback([&line, action = std::move(action)] { line.action = action; });
}

std::string path_of(const CLI::App& command) {
    return command.get_parent() == nullptr ? command.get_name()
                                           : path_of(*command.get_parent()) + " " + command.get_name();
}

const CLI::App& deepest(const CLI::App& root) {
    const std::vector<CLI::App*> named = root.get_subcommands();
    return named.empty() ? root : deepest(*named.front());
}

std::string help_text(const CLI::App& command) {
    const std::string footer = command.get_footer();
    const std::size_t cut = footer.find('\f');
    std::string text = path_of(command) + ": " + command.get_description() + "\n\n" + footer.substr(0, cut) +
                       "\n\n" + usage(command);
    text += commands(command);
    std::string options;
    for (const bool positional : {true, false})
        for (const CLI::Option* option : options_of(command, positional))
            options += entry(option_name(*option), option->get_description());
    if (!options.empty())
        text += (command.get_parent() == nullptr ? "\nOptions of every command\n" : "\n") + options;
    std::istringstream example(footer.substr(cut + 1));
    text += "\nExample\n";
    for (std::string line; std::getline(example, line);) text += "  " + line + "\n";
    return command.get_parent() == nullptr ? text : text + "\n" + kEverywhere;
}

std::string complaint(const CLI::App& root, const CLI::ParseError& error) {
    const CLI::App& command = deepest(root);
    const std::vector<std::string> left = root.remaining(true);
    std::string what = error.what();
    if (!left.empty()) {
        const std::string close = nearest(left.front(), known_words(command));
        const bool option = left.front().starts_with('-');
        what = std::string("there is no ") +
               (option                                ? "option "
                : command.get_subcommands({}).empty() ? "place for "
                                                      : "command ") +
               "\"" + left.front() + "\"" + (close.empty() ? "" : "; did you mean " + close + "?");
    } else if (!command.get_subcommands({}).empty()) {
        what = "expected a command after \"" + path_of(command) + "\", found none";
    }
    return what + "\n\"" + path_of(command) + " --help\" shows how it is used";
}

int fail(const Error& error) {
    std::cerr << "candour: " << printable(error.message) << "\n";
    return error.code == ErrorCode::unavailable || error.code == ErrorCode::deadline ? kUnreachable : kFailed;
}

int fail_usage(const std::string& what) {
    std::cerr << "candour: " << printable(what) << "\n";
    return kUsage;
}

}  // namespace candour::app::cli
