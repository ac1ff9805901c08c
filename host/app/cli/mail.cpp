#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/lone_plugin.hpp"
#include "app/cli/mail_desk.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"

namespace candour::app::cli {
namespace {

namespace fs = std::filesystem;
namespace bj = boost::json;

struct ReadingWish {
    std::vector<std::string> files;
    std::string as = "message";
    std::string plugins;
};

/// As the host finds it; a configuration that has other problems still says where the plugins are.
fs::path plugin_folder(const Line& line, const ReadingWish& wish) {
    if (!wish.plugins.empty()) return wish.plugins;
    const Result<fs::path> file = find_config(line.shared);
    const fs::path configured = file ? read_config(*file).config.plugin_folder : fs::path();
    return configured.empty() ? usual_plugin_folder() : configured;
}

Result<std::string> read_mail_file(const std::string& name) {
    if (name != "-" && fs::is_directory(name))
        return Error{ErrorCode::invalid,
                     name + ": expected a file with one mail, found a folder; name the files in it"};
    return read_file(name);
}

void print_field(const char* label, const std::string& value) {
    if (!value.empty())
        std::cout << "  " << label << std::string(14 - std::string_view(label).size(), ' ')
                  << on_one_line(value) << "\n";
}

void print_words(const char* label, const std::string& text) {
    if (!text.empty()) std::cout << "  " << label << "\n" << indented(text, "    | ") << "\n";
}

std::string shown(const bj::value& bounce) {
    const std::string status = text_at(bounce, "status"), code = text_at(bounce, "reply_code"),
                      recipient = text_at(bounce, "recipient");
    return (recipient.empty() ? "nobody named" : recipient) + ": " + text_at(bounce, "class") +
           (flag_at(bounce, "hard") ? ", for good" : "") + (status.empty() ? "" : ", " + status) +
           (code.empty() ? "" : " (" + code + ")") + "  " +
           cut(on_one_line(text_at(bounce, "diagnostic")), 120);
}

/// For a person: what it is and why, then what was said.
void explain(const std::string& file, const bj::value& document) {
    std::cout << on_one_line(file) << ": " << text_at(document, "disposition") << ", because "
              << on_one_line(text_at(document, "reason")) << "\n";
    const std::string name = text_at(at(document, "authored_by"), "name"),
                      address = text_at(document, "from");
    print_field("from", name.empty() ? address : name + " <" + address + ">");
    print_field("to", joined(list_at(document, "to")));
    print_field("subject", text_at(document, "subject"));
    print_field("date", when(at(document, "date")));
    print_field("answers", text_at(document, "in_reply_to"));
    print_field("tokens", joined(list_at(document, "tokens")));
    print_field("about", text_at(document, "original_message_id"));
    for (const bj::value& bounce : list_at(document, "bounces")) print_field("recipient", shown(bounce));
    print_field("defects", joined(list_at(document, "defects")));
    if (flag_at(document, "truncated"))
        print_field("truncated", "yes: it is larger than what is read of a mail");
    print_words(
        flag_at(document, "interleaved") ? "the words, with the quotes that they stand between" : "the words",
        text_at(document, "reply_trimmed"));
    print_words("the signature", text_at(document, "signature"));
}

Result<bj::value> read_one(LonePlugin& plugin, const std::string& file, const std::string& as) {
    const Result<std::string> raw = read_mail_file(file);
    if (!raw) return raw.error();
    const Result<std::string> answer = plugin.read_mail(*raw, bj::serialize(bj::object{{"as", as}}));
    if (!answer) return Error{answer.error().code, file + ": " + answer.error().message};
    boost::system::error_code ec;
    bj::value document = bj::parse(*answer, ec);
    if (ec || !document.is_object())
        return Error{ErrorCode::corrupt, file + ": the plugin's answer is no JSON object"};
    bj::object named{{"file", file}};
    for (auto& pair : document.get_object()) named.emplace(pair.key(), std::move(pair.value()));
    return bj::value(std::move(named));
}

int explain_all(const Line& line, const ReadingWish& wish) {
    Result<LonePlugin> plugin = LonePlugin::start(plugin_folder(line, wish) / "mail");
    if (!plugin) return fail(plugin.error());
    int code = kOk;
    for (const std::string& file : wish.files) {
        const Result<bj::value> document = read_one(*plugin, file, wish.as);
        if (!document) {
            (void)fail(document.error());
            code = kFailed;
        } else if (line.shared.json) {
            std::cout << bj::serialize(*document) << "\n";
        } else {
            explain(file, *document);
        }
    }
    return code;
}

}  // namespace

void add_mail(CLI::App& root, Line& line) {
    CLI::App& mail = add(root, {"mail", "mail that comes in, and what it means",
                                "Answers, bounces, complaints and what programs write are told apart before "
                                "anything is done with them.\n"
                                "A mail whose sender nobody knows is held until a person says whose it is.",
                                "candour mail list --state held\n"
                                "candour mail explain answer.eml"});
    mail.group(kHouseGroup)->require_subcommand(1);
    CLI::App& command = add(
        mail, {"explain", "say what a mail would be taken for, and why",
               "Reads mails from files, needs neither host nor database and changes nothing: the first thing "
               "to try\n"
               "when a customer's answer did not arrive as one. With --json each mail becomes one line, as\n"
               "schemas/json/disposition.schema.json describes it, with the name of its file.",
               "candour mail explain answer.eml\n"
               "candour mail explain --json /var/mail/kept/*.eml | jq -r '[.file, .disposition] | @tsv'\n"
               "pbpaste | candour mail explain --as text -"});
    auto wish = std::make_shared<ReadingWish>();
    command.add_option("FILE", wish->files, "a mail as it came, header and all; - is standard input")
        ->required();
    command
        .add_option("--as", wish->as,
                    "what the files hold: a whole mail (message), or only its words as text or html")
        ->check(CLI::IsMember({"message", "text", "html"}))
        ->type_name("KIND");
    command
        .add_option("--plugins", wish->plugins,
                    "the folder with the plugins; else the configuration's, else the one beside this program")
        ->type_name("FOLDER");
    run_by(command, line, [&line, wish] { return explain_all(line, *wish); });
    add_mail_ingest(mail, line);
    add_mail_desk(mail, line);
}

}  // namespace candour::app::cli
