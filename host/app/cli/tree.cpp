#include "app/cli/tree.hpp"

#include <algorithm>

namespace candour::app::cli {
namespace {

/// CLI11 says the choices of IsMember as `{a,b}` behind the type's name.
std::vector<std::string> choices_in(const std::string& type) {
    const std::size_t open = type.find('{'), close = type.find('}');
    std::vector<std::string> choices;
    if (open == std::string::npos || close == std::string::npos) return choices;
    std::string choice;
    for (std::size_t i = open + 1; i <= close; ++i) {
        if (type[i] != ',' && type[i] != '}') {
            choice += type[i];
            continue;
        }
        choices.push_back(choice);
        choice.clear();
    }
    return choices;
}

OptionLine line_of(const CLI::Option& option) {
    OptionLine line;
    const std::string type = option.get_type_size() == 0 ? "" : option.get_type_name();
    line.value = type.substr(0, std::min(type.find(':'), type.find('{')));
    line.choices = choices_in(type);
    line.description = option.get_description();
    line.required = option.get_required();
    if (option.get_positional()) {
        line.value = option.get_name(true);
        return line;
    }
    for (const std::string& name : option.get_lnames()) line.names.push_back("--" + name);
    for (const std::string& name : option.get_snames()) line.names.push_back("-" + name);
    return line;
}

void collect(const CLI::App& command, std::vector<CommandLine>& tree) {
    const std::string footer = command.get_footer();
    const std::size_t cut = std::min(footer.find('\f'), footer.size());
    CommandLine line{path_of(command),
                     command.get_description(),
                     footer.substr(0, cut),
                     footer.substr(std::min(cut + 1, footer.size())),
                     {},
                     {},
                     {}};
    for (const CLI::Option* option : command.get_options({})) {
        if (option->get_group().empty()) continue;
        (option->get_positional() ? line.positionals : line.options).push_back(line_of(*option));
    }
    for (const CLI::App* child : command.get_subcommands({})) line.commands.push_back(child->get_name());
    tree.push_back(std::move(line));
    for (const CLI::App* child : command.get_subcommands({})) collect(*child, tree);
}

}  // namespace

std::vector<CommandLine> command_tree(const CLI::App& root) {
    std::vector<CommandLine> tree;
    collect(root, tree);
    return tree;
}

}  // namespace candour::app::cli
