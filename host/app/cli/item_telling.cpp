#include <boost/json.hpp>
#include <iostream>

#include "app/cli/item_steps.hpp"
#include "app/cli/item_view.hpp"
#include "app/cli/output.hpp"
#include "app/cli/wall_clock.hpp"
#include "edge/json/time_text.hpp"

namespace candour::app::cli {
namespace {

struct Telling {
    Aim aim;
    bool dry_run = false, in_person = false, at_once = false;
    std::string said, channel, when, contact;
};

boost::json::object conversation(const Telling& telling) {
    boost::json::object talk{{"said", telling.said},
                             {"channel", telling.channel},
                             {"when", telling.when.empty() ? json::to_rfc3339(wall_clock()) : telling.when}};
    if (!telling.contact.empty()) talk["contact"] = telling.contact;
    return talk;
}

int preview(const Line& line, const Telling& telling) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> mail = api.get(item_target(telling.aim.item, "closing-message"));
        if (!mail) return mail.error();
        if (line.shared.json) {
            print_json(*mail);
            return int{kOk};
        }
        std::cout << "To:       " << on_one_line(text_at(*mail, "to")) << " (in "
                  << on_one_line(text_at(*mail, "language")) << ")\n"
                  << "Subject:  " << on_one_line(text_at(*mail, "subject")) << "\n\n"
                  << printable(text_at(*mail, "text")) << "\n"
                  << "Nothing was sent. Without --dry-run it is.\n";
        return int{kOk};
    });
}

/// How long a closing message can be taken back, as far as this program can know.
std::string undo_window(const Shared& shared) {
    const Result<std::filesystem::path> file = find_config(shared);
    const ReadConfig read = file ? read_config(*file) : ReadConfig{};
    if (!file || !read.problems.empty()) return "a moment";
    return std::to_string(read.config.policies.undo.count()) + " seconds";
}

int tell(const Line& line, const Telling& telling) {
    if (telling.dry_run) return preview(line, telling);
    if (telling.in_person) {
        if (telling.said.empty() || telling.channel.empty())
            return fail_usage(
                "--in-person needs --said (what the customer said) and --channel (phone, meeting, …): both "
                "are part of the proof");
        return step(line, telling.aim, "tell", {{"in_person", conversation(telling)}});
    }
    boost::json::object body;
    if (telling.at_once) body["at_once"] = true;
    return step(line, telling.aim, "tell", std::move(body), [&](const boost::json::value& item) {
        if (!flag_at(item, "sending") || telling.at_once) return;
        std::cout << "The closing message to " << on_one_line(whose(item)) << " leaves in "
                  << undo_window(line.shared) << ". Until then:\n  candour item cancel-tell "
                  << text_at(item, "alias") << "\n";
    });
}

void add_conversation(CLI::App& command, Telling& telling, bool required) {
    add_words(command, "--said", telling.said, "what the customer said; @FILE reads a file, - standard input")
        ->required(required);
    command.add_option("--channel", telling.channel, "phone, meeting, chat, …")
        ->required(required)
        ->type_name("CHANNEL");
    command
        .add_option("--when", telling.when, "when you spoke, such as 2027-01-15T14:00:00Z; now when left out")
        ->type_name("RFC3339");
    command
        .add_option("--contact", telling.contact, "whom you spoke with, when it is not the one who told us")
        ->type_name("ID");
}

}  // namespace

void add_telling(CLI::App& item, Line& line) {
    CLI::App& command =
        add(item, {"tell", "tell the customer what was heard, decided and changed",
                   "Sends the closing message with all three statements; for a while it can be taken back. "
                   "The item closes\n"
                   "when the customer has seen it, not when it was sent. --in-person records that you told "
                   "them yourself,\n"
                   "and what they said to it: the telling and the proof at once.",
                   "candour item tell LP-12 --dry-run\n"
                   "candour item tell LP-12\n"
                   "candour item tell LP-13 --in-person --said \"Fine, now I know why.\" --channel phone"});
    auto telling = std::make_shared<Telling>();
    take_aim(command, telling->aim);
    auto* dry =
        command.add_flag("--dry-run", telling->dry_run, "show what goes out, and to whom; send nothing");
    command.add_flag("--in-person", telling->in_person, "you told them yourself; needs --said and --channel")
        ->excludes(dry);
    command.add_flag("--at-once", telling->at_once, "send it now; nobody can take it back then")
        ->excludes(dry);
    add_conversation(command, *telling, false);
    run_by(command, line, [&line, telling] { return tell(line, *telling); });

    CLI::App& cancel =
        add(item, {"cancel-tell", "take back a closing message that has not left yet",
                   "Works for as long as the item is being sent. Afterwards the customer has it.",
                   "candour item cancel-tell LP-12"});
    auto aim = std::make_shared<Aim>();
    take_aim(cancel, *aim);
    run_by(cancel, line, [&line, aim] { return step(line, *aim, "cancel-tell", {}); });

    CLI::App& seen = add(
        item, {"seen", "record that the customer has seen it, as they told you",
               "For an item that was told: whom you spoke with, when, how, and what they said. It counts as "
               "evidence with\n"
               "the source `recorded`, which every figure shows apart; a segment's policy may ask for more.",
               "candour item seen LP-12 --said \"Yes, read it, works for us.\" --channel phone --when "
               "2027-01-15T14:00:00Z"});
    auto talk = std::make_shared<Telling>();
    take_aim(seen, talk->aim);
    add_conversation(seen, *talk, true);
    run_by(seen, line, [&line, talk] { return step(line, talk->aim, "seen", conversation(*talk)); });
}

}  // namespace candour::app::cli
