#include <boost/json.hpp>

#include "app/cli/item_steps.hpp"

namespace candour::app::cli {
namespace {

struct Ending {
    Aim aim;
    std::string reason, note;
};

/// abandon and reopen: a reason in words.
void add_with_reason(CLI::App& item, Line& line, const Lesson& lesson) {
    CLI::App& command = add(item, lesson);
    auto ending = std::make_shared<Ending>();
    take_aim(command, ending->aim);
    add_words(command, "--reason", ending->reason,
              "why, for the ledger; @FILE reads a file, - standard input")
        ->required();
    run_by(command, line, [&line, ending, name = lesson.name] {
        return step(line, ending->aim, name, {{"reason", ending->reason}});
    });
}

/// What a reply means: only a person can say.
void add_judging(CLI::App& item, Line& line) {
    CLI::App& fine = add(item, {"no-objection", "say that a customer's reply agrees",
                                "For an item whose NEXT is \"read their reply\". A reply to the closing "
                                "message proves that it was read; whether\n"
                                "it agrees is yours to say. Then the item is visibly closed, as far as its "
                                "segment's policy lets a reply close it.",
                                "candour item show LP-12\ncandour item no-objection LP-12"});
    auto aim = std::make_shared<Aim>();
    take_aim(fine, *aim);
    run_by(fine, line, [&line, aim] { return step(line, *aim, "no-objection", {}); });

    CLI::App& not_fine =
        add(item, {"objects", "say that a customer's reply does not agree",
                   "Begins another round with what they wrote. The history stays.",
                   "candour item objects LP-12 --note \"Exports of more than a gigabyte still fail.\""});
    auto ending = std::make_shared<Ending>();
    take_aim(not_fine, ending->aim);
    add_words(not_fine, "--note", ending->note,
              "a word for those who read the ledger; the customer never sees it");
    run_by(not_fine, line, [&line, ending] {
        boost::json::object body;
        if (!ending->note.empty()) body["note"] = ending->note;
        return step(line, ending->aim, "objects", std::move(body));
    });
}

}  // namespace

void add_endings(CLI::App& item, Line& line) {
    CLI::App& dismiss =
        add(item, {"dismiss", "file an item that needs no answer",
                   "Only before a decision. It never counts as closed, and it stays out of the rates.",
                   "candour item dismiss LP-14 --reason thanked --note \"Praise for support; passed on to "
                   "the team.\""});
    auto ending = std::make_shared<Ending>();
    take_aim(dismiss, ending->aim);
    dismiss.add_option("--reason", ending->reason, "thanked, spam, merged or not_feedback")
        ->required()
        ->check(CLI::IsMember({"thanked", "spam", "merged", "not_feedback"}))
        ->type_name("REASON");
    add_words(dismiss, "--note", ending->note,
              "a word for those who read the ledger; the customer never sees it");
    run_by(dismiss, line, [&line, ending] {
        boost::json::object body{{"reason", ending->reason}};
        if (!ending->note.empty()) body["note"] = ending->note;
        return step(line, ending->aim, "dismiss", std::move(body));
    });
    add_judging(item, line);
    add_with_reason(item, line,
                    {"abandon", "give up on an item, for a reason",
                     "It counts against the visible-closure rate, and a promise that was open is broken. "
                     "Silence would be worse.",
                     "candour item abandon LP-15 --reason \"The product it is about was discontinued.\""});
    add_with_reason(
        item, line,
        {"reopen", "begin another round",
         "For an item that was told, closed, dismissed or abandoned. What happened stays in the ledger; the "
         "new\n"
         "round starts at raised with due dates of its own.",
         "candour item reopen LP-12 --reason \"She called: exports still fail for large files.\""});
}

}  // namespace candour::app::cli
