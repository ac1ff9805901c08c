#include <boost/json.hpp>
#include <iostream>

#include "app/cli/item_steps.hpp"
#include "app/cli/output.hpp"

namespace candour::app::cli {
namespace {

struct Belonging {
    Aim aim;
    std::string to, into, note;
    bool not_ours = false;
};

void add_note(CLI::App& command, std::string& note) {
    add_words(command, "--note", note, "a word for those who read the ledger; the customer never sees it");
}

void add_undo(CLI::App& item, Line& line) {
    CLI::App& command =
        add(item, {"undo", "take back a closing message that has not left yet",
                   "After tell a message waits for a moment (loop.undo_seconds) before it leaves; show says "
                   "until when. Afterwards\n"
                   "the customer has it. The same as cancel-tell.",
                   "candour item tell LP-12\ncandour item undo LP-12"});
    auto aim = std::make_shared<Aim>();
    take_aim(command, *aim);
    run_by(command, line, [&line, aim] { return step(line, *aim, "cancel-tell", {}); });
}

void add_hand_over(CLI::App& item, Line& line) {
    CLI::App& command =
        add(item, {"hand-over", "let another teammate answer for it",
                   "The customer's page shows the new name. All items of one teammate: candour care "
                   "hand-over.",
                   "candour item hand-over LP-12 --to priya@example.com --note \"On leave until May.\""});
    auto options = std::make_shared<Belonging>();
    take_aim(command, options->aim);
    command.add_option("--to", options->to, "who answers for it from now on")->required()->type_name("EMAIL");
    add_note(command, options->note);
    run_by(command, line, [&line, options] {
        return step(line, options->aim, "hand-over", {{"to", options->to}, {"note", options->note}});
    });
}

void add_merge(CLI::App& item, Line& line) {
    CLI::App& command =
        add(item, {"merge", "let an item go on in another one of the same person",
                   "For two items about one thing: show lists what could be merged, and nothing is merged by "
                   "itself. ITEM is dismissed\n"
                   "as merged, its words stand on the other item, and its page shows that one from now on.",
                   "candour item show LP-14\n"
                   "candour item merge LP-14 --into LP-12"});
    auto options = std::make_shared<Belonging>();
    take_aim(command, options->aim);
    command.add_option("--into", options->into, "the item that goes on")->required()->type_name("ITEM");
    add_note(command, options->note);
    run_by(command, line, [&line, options] {
        return step(line, options->aim, "merge", {{"into", options->into}, {"note", options->note}});
    });
}

void add_failure(CLI::App& item, Line& line) {
    CLI::App& command = add(
        item, {"our-failure", "mark an item whose fault was ours",
               "Its change then owes three texts more, and the customer reads them: what went wrong, what we "
               "learned, how we make\n"
               "sure that it does not happen again. Possible until the change is recorded.",
               "candour item our-failure LP-12\n"
               "candour item our-failure LP-12 --not --note \"It was the customer's proxy.\""});
    auto options = std::make_shared<Belonging>();
    take_aim(command, options->aim);
    command.add_flag("--not", options->not_ours, "after all it was not ours");
    add_note(command, options->note);
    run_by(command, line, [&line, options] {
        return step(line, options->aim, "our-failure",
                    {{"ours", !options->not_ours}, {"note", options->note}});
    });
}

void add_internal_note(CLI::App& item, Line& line) {
    CLI::App& command = add(
        item, {"note", "write down a word among ourselves",
               "It stands on the item's ledger and in show. No customer ever reads it: not on their page, "
               "not in a mail.",
               "candour item note LP-12 --text \"Their new head of IT joins in May.\"\n"
               "candour item note LP-12 --text @call.txt"});
    auto options = std::make_shared<Belonging>();
    take_aim(command, options->aim);
    add_words(command, "--text", options->note, "the note; @FILE or - reads it")->required();
    run_by(command, line, [&line, options] {
        return step(line, options->aim, "note", {{"text", options->note}});
    });
}

}  // namespace

void add_belonging(CLI::App& item, Line& line) {
    add_undo(item, line);
    add_hand_over(item, line);
    add_merge(item, line);
    add_failure(item, line);
    add_internal_note(item, line);
}

}  // namespace candour::app::cli
