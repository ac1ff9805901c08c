#include "app/cli/mail_desk.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct WantedMail {
    std::string state, cursor, mail, contact, item, reason, save;
    std::int64_t limit = 50;
};

std::string mail_target(const WantedMail& wanted, const char* below = "") {
    return "/api/v1/mails/" + http::percent_encode(wanted.mail) + below;
}

void print_mails(const boost::json::value& page) {
    Table table({"MAIL", "STATE", "RECEIVED (UTC)", "KIND", "ITEM", "FROM", "SUBJECT"});
    for (const boost::json::value& mail : list_at(page, "mails"))
        table.row({std::to_string(number_at(mail, "id")), text_at(mail, "state"),
                   when(at(mail, "received_at")), text_at(mail, "kind"), text_at(at(mail, "item"), "alias"),
                   on_one_line(text_at(mail, "from")), on_one_line(text_at(mail, "subject"))});
    if (table.empty()) {
        std::cout
            << "No such mails. They come in by LMTP: README.md says how a mail server hands them over.\n";
        return;
    }
    table.print();
    if (const std::string next = text_at(page, "next"); !next.empty())
        std::cout << "\nOlder ones: --cursor " << next << "\n";
}

void print_line(const char* name, const std::string& value) {
    if (!value.empty())
        std::cout << name << std::string(12 - std::string_view(name).size(), ' ') << on_one_line(value)
                  << "\n";
}

std::string what_next(const boost::json::value& mail) {
    const std::string id = std::to_string(number_at(mail, "id")), state = text_at(mail, "state");
    if (state == "held")
        return "candour mail assign " + id +
               " --contact ADDRESS   or --item LP-12   or candour mail dismiss " + id + " --reason \"…\"";
    if (state == "dead_lettered")
        return "candour mail retry " + id + "   or candour mail dismiss " + id + " --reason \"…\"";
    return {};
}

void print_mail(const boost::json::value& mail) {
    const std::string outcome = text_at(mail, "outcome");
    std::cout << "Mail " << number_at(mail, "id") << "  " << text_at(mail, "state")
              << (outcome.empty() || outcome == text_at(mail, "state") ? "" : " (" + outcome + ")") << "\n\n";
    print_line("from", text_at(mail, "from"));
    print_line("subject", text_at(mail, "subject"));
    print_line("received", when(at(mail, "received_at")));
    print_line("envelope", "<" + text_at(at(mail, "envelope"), "sender") + "> to <" +
                               text_at(at(mail, "envelope"), "recipient") + ">");
    print_line("kind", text_at(mail, "kind"));
    print_line("why", text_at(mail, "detail"));
    print_line("contact", text_at(at(mail, "contact"), "name"));
    print_line("item", text_at(at(mail, "item"), "alias"));
    print_line("answers", text_at(mail, "message"));
    if (const std::string words = text_at(mail, "words"); !words.empty())
        std::cout << "\nTheir words\n" << indented(words, "  ");
    if (const std::string next = what_next(mail); !next.empty()) std::cout << "\nNext: " << next << "\n";
}

int list_mails(const Line& line, const WantedMail& wanted) {
    std::string target = "/api/v1/mails?limit=" + std::to_string(wanted.limit);
    if (!wanted.state.empty()) target += "&state=" + wanted.state;
    if (!wanted.cursor.empty()) target += "&cursor=" + http::percent_encode(wanted.cursor);
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> page = api.get(target);
        if (!page) return page.error();
        line.shared.json ? print_json(*page) : print_mails(*page);
        return int{kOk};
    });
}

Result<int> save_raw(const Api& api, const WantedMail& wanted) {
    http::ClientRequest request;
    request.target = mail_target(wanted, "/raw");
    const Result<http::ClientAnswer> answer = api.send(request);
    if (!answer) return answer.error();
    if (!answer->ok()) return http::error_of(*answer);
    if (wanted.save == "-") {
        std::cout << answer->body;
        return int{kOk};
    }
    std::ofstream file(wanted.save, std::ios::binary | std::ios::trunc);
    file << answer->body;
    if (!file.flush()) return Error{ErrorCode::unavailable, wanted.save + ": cannot be written"};
    std::cout << "Saved as " << wanted.save << ", " << answer->body.size() << " bytes as they came.\n";
    return int{kOk};
}

int show_mail(const Line& line, const WantedMail& wanted) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        if (!wanted.save.empty()) return save_raw(api, wanted);
        const Result<boost::json::value> mail = api.get(mail_target(wanted));
        if (!mail) return mail.error();
        line.shared.json ? print_json(*mail) : print_mail(*mail);
        return int{kOk};
    });
}

int post(const Line& line, const WantedMail& wanted, const char* below, const boost::json::object& body) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> mail = api.post(mail_target(wanted, below), body);
        if (!mail) return mail.error();
        line.shared.json ? print_json(*mail) : print_mail(*mail);
        return int{kOk};
    });
}

CLI::App& add_with_mail(CLI::App& parent, const Lesson& lesson, std::string& mail) {
    CLI::App& command = add(parent, lesson);
    command.add_option("MAIL", mail, "its number; candour mail list shows them")
        ->required()
        ->check(CLI::PositiveNumber);
    return command;
}

void add_mail_looking(CLI::App& mail, Line& line, const std::shared_ptr<WantedMail>& wanted) {
    CLI::App& all = add(mail, {"list", "mails that came in, newest first",
                               "Held ones wait for you: their sender is unknown, has several accounts, or "
                               "answered what was sent to somebody\n"
                               "else. Dead-lettered ones could not be read; their bytes are kept.",
                               "candour mail list --state held"});
    all.add_option("--state", wanted->state, "received, read, applied, held, dismissed or dead_lettered")
        ->check(CLI::IsMember({"received", "read", "applied", "held", "dismissed", "dead_lettered"}))
        ->type_name("STATE");
    all.add_option("--limit", wanted->limit, "how many, up to 500; 50 when left out")
        ->check(CLI::Range(1, 500))
        ->type_name("N");
    all.add_option("--cursor", wanted->cursor, "the next page, as this one's end says")->type_name("CURSOR");
    run_by(all, line, [&line, wanted] { return list_mails(line, *wanted); });

    CLI::App& one = add_with_mail(mail,
                                  {"show", "one mail: what was read in it, and what became of it",
                                   "With --save the bytes as they came; look at a stranger's mail with care.",
                                   "candour mail show 12\ncandour mail show 12 --save 12.eml"},
                                  wanted->mail);
    one.add_option("--save", wanted->save, "write the mail itself to a file; - is standard output")
        ->type_name("FILE");
    run_by(one, line, [&line, wanted] { return show_mail(line, *wanted); });
}

void add_deciding(CLI::App& mail, Line& line, const std::shared_ptr<WantedMail>& wanted) {
    CLI::App& give = add_with_mail(
        mail,
        {"assign", "say whose words a held mail holds",
         "--contact makes it a feedback of theirs, with an item of its own and an acknowledgement to them;\n"
         "--item adds the words to an item that is there.",
         "candour mail assign 12 --contact ada@otter.example\ncandour mail assign 13 --item LP-7"},
        wanted->mail);
    auto* contact =
        give.add_option("--contact", wanted->contact, "con_…, or an address that only one contact has")
            ->type_name("ID_OR_ADDRESS");
    auto* item =
        give.add_option("--item", wanted->item, "itm_… or LP-187")->type_name("ITEM")->excludes(contact);
    run_by(give, line, [&line, wanted, contact, item] {
        if (contact->empty() && item->empty())
            return fail_usage("expected --contact or --item: whose words are they?");
        const bool to_item = !item->empty();
        return post(line, *wanted, "/assign",
                    {{to_item ? "item" : "contact", to_item ? wanted->item : wanted->contact}});
    });

    CLI::App& file = add_with_mail(mail,
                                   {"dismiss", "file a held or dead-lettered mail that needs nothing",
                                    "It is kept with your reason and comes up no more.",
                                    "candour mail dismiss 14 --reason \"a vendor's newsletter\""},
                                   wanted->mail);
    file.add_option("--reason", wanted->reason, "why")->required()->type_name("TEXT");
    run_by(file, line, [&line, wanted] {
        return post(line, *wanted, "/dismiss", {{"reason", wanted->reason}});
    });

    CLI::App& again =
        add_with_mail(mail,
                      {"retry", "read a dead-lettered mail once more",
                       "After a plugin that could not read it was mended.", "candour mail retry 15"},
                      wanted->mail);
    run_by(again, line, [&line, wanted] { return post(line, *wanted, "/retry", {}); });
}

}  // namespace

void add_mail_desk(CLI::App& mail, Line& line) {
    auto wanted = std::make_shared<WantedMail>();
    add_mail_looking(mail, line, wanted);
    add_deciding(mail, line, wanted);
}

}  // namespace candour::app::cli
