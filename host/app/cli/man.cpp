#include <ctime>
#include <iostream>
#include <sstream>

#include "app/cli/commands.hpp"
#include "app/cli/tree.hpp"

namespace candour::app::cli {
namespace {

/// Text that troff takes for nothing but text.
std::string plain(const std::string& text) {
    std::string out;
    bool begins = true;
    for (const char c : text) {
        if (begins && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
        begins = c == '\n';
    }
    return out;
}

/// Our lessons are wrapped for a terminal; here the page wraps them.
std::string flowing(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool paragraph = text[i] == '\n' && i + 1 < text.size() && text[i + 1] == '\n';
        if (paragraph) {
            out += "\n.PP\n";
            ++i;
        } else {
            out += text[i] == '\n' ? ' ' : text[i];
        }
    }
    return out;
}

std::string name_of(const OptionLine& option) {
    std::string all;
    for (const std::string& name : option.names) all += (all.empty() ? "" : ", ") + name;
    if (all.empty()) return option.value;
    return option.value.empty() ? all : all + " " + option.value;
}

void write_options(std::ostream& out, const std::vector<OptionLine>& options) {
    for (const OptionLine& option : options)
        out << ".TP\n.B " << plain(name_of(option)) << "\n"
            << plain(flowing(option.description))
            << (option.required && !option.names.empty() ? " (required)" : "") << "\n";
}

void write_example(std::ostream& out, const std::string& example) {
    if (!example.empty()) out << ".PP\n.nf\n.RS\n" << plain(example) << "\n.RE\n.fi\n";
}

void write_command(std::ostream& out, const CommandLine& command) {
    std::string usage = command.path;
    for (const OptionLine& each : command.positionals)
        usage += each.required ? " " + each.value : " [" + each.value + "]";
    if (!command.options.empty()) usage += " [options]";
    out << ".SS \"" << plain(usage) << "\"\n"
        << plain(flowing(command.summary)) << ".\n.PP\n"
        << plain(flowing(command.lesson)) << "\n";
    write_options(out, command.positionals);
    std::vector<OptionLine> options;
    for (const OptionLine& option : command.options)
        if (option.names.front() != "--help") options.push_back(option);
    write_options(out, options);
    write_example(out, command.example);
}

constexpr const char* kEnd = R"(.SH "EXIT STATUS"
.TP
.B 0
done
.TP
.B 1
refused, conflict, findings
.TP
.B 2
wrong usage
.TP
.B 3
the host or the database cannot be reached
.SH ENVIRONMENT
.TP
.B CANDOUR_CONFIG
the configuration, in place of \-\-config
.TP
.B CANDOUR_URL, CANDOUR_TOKEN
the running host and the token, in place of \-\-url and \-\-token
.TP
.B CANDOUR_DATABASE, CANDOUR_LISTEN, CANDOUR_PUBLIC_URL, CANDOUR_SERVER_KEYS, CANDOUR_SMTP_SECRET
in place of what the configuration says
.TP
.B NO_COLOR
no escape sequences, whatever the terminal can do
.SH FILES
.TP
.I candour.toml
the configuration; candour init writes a commented one
.TP
.I token
beside it: the token that candour token create \-\-save keeps
)";

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[16];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &parts)};
}

}  // namespace

std::string man_page(const std::vector<CommandLine>& tree, const std::string& version,
                     const std::string& date) {
    std::ostringstream out;
    const CommandLine& root = tree.front();
    out << ".TH CANDOUR 1 \"" << date << "\" \"candour " << version << "\" \"Candour\"\n"
        << ".SH NAME\ncandour \\- " << plain(root.summary) << "\n"
        << ".SH SYNOPSIS\n.B candour\n.I COMMAND\n[options]\n"
        << ".SH DESCRIPTION\n"
        << plain(flowing(root.lesson)) << "\n";
    write_example(out, root.example);
    out << ".SH OPTIONS\nOf every command, wherever they stand.\n";
    write_options(out, root.options);
    out << ".SH COMMANDS\n";
    for (const CommandLine& command : tree)
        if (command.commands.empty()) write_command(out, command);
    out << kEnd;
    return out.str();
}

void add_man(CLI::App& root, Line& line) {
    CLI::App& command =
        add(root, {"man", "the manual page",
                   "Prints troff. A package puts it where man(1) looks; until then man reads it from a file.",
                   "candour man > candour.1 && man -l candour.1"});
    command.group(kHouseGroup);
    run_by(command, line, [&line, &root] {
        if (line.shared.json) return fail_usage("--json: a manual page is troff, there is no other form");
        std::cout << man_page(command_tree(root), CANDOUR_VERSION, today());
        return int{kOk};
    });
}

}  // namespace candour::app::cli
