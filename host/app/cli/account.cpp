#include "app/cli/account.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/pages.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

namespace bj = boost::json;

constexpr std::size_t kShownWords = 60;
constexpr std::size_t kAnswerPage = 500;

std::string account_target(const std::string& key, const std::string& below = {}) {
    return "/api/v1/accounts/" + http::percent_encode(key) + (below.empty() ? "" : "/" + below);
}

void print_account(const bj::value& account) {
    const bj::value& levels = at(account, "contacts");
    const std::string people = std::to_string(number_at(levels, "executive")) + " executive, " +
                               std::to_string(number_at(levels, "managerial")) + " managerial, " +
                               std::to_string(number_at(levels, "operational")) + " operational";
    const std::pair<const char*, std::string> rows[] = {
        {"name", text_at(account, "name")},
        {"ref", text_at(account, "ref")},
        {"segment", text_at(account, "segment")},
        {"owner", text_at(account, "owner_name")},
        {"sponsor", text_at(at(account, "sponsor"), "name")},
        {"renewal", text_at(account, "renewal_on")},
        {"contacts", people},
        {"open items", std::to_string(number_at(account, "open_items"))},
        {"last met", when(at(account, "last_touch_at"))},
        {"id", text_at(account, "id")}};
    for (const auto& [name, value] : rows)
        if (!value.empty())
            std::cout << name << std::string(13 - std::string_view(name).size(), ' ') << on_one_line(value)
                      << "\n";
}

void print_threads(const bj::value& document) {
    Table table({"TEAMMATE", "CONTACT", "LEVEL", "TIMES", "LAST", ""});
    for (const bj::value& thread : list_at(document, "threads")) {
        const bj::value& contact = at(thread, "contact");
        table.row({text_at(at(thread, "teammate"), "name"), text_at(contact, "name"),
                   text_at(contact, "level"), std::to_string(number_at(thread, "touches")),
                   when(at(thread, "last_at")).substr(0, 10), flag_at(contact, "active") ? "" : "has left"});
    }
    if (table.empty())
        std::cout << "No touchpoints of them are on record: candour import touchpoints --help\n";
    else
        table.print();
}

void print_answers(const bj::value& document) {
    Table table({"RECEIVED", "CONTACT", "ACCOUNT", "ABOUT", "SCORE", "CLASS", "ITEM", "WORDS"});
    for (const bj::value& one : list_at(document, "answers")) {
        const bj::value& score = at(one, "score");
        table.row({when(at(one, "received_at")), text_at(at(one, "contact"), "name"),
                   text_at(at(one, "account"), "name"), text_at(one, "about"),
                   score.is_null() ? "" : std::to_string(number_at(one, "score")), text_at(one, "class"),
                   text_at(one, "item"), cut(on_one_line(text_at(one, "verbatim")), kShownWords)});
    }
    if (table.empty())
        std::cout << "No answers.\n";
    else
        table.print();
}

using Print = void (*)(const bj::value&);

/// As many as one message can name.
constexpr std::size_t kNamesakes = 5;

/// Several are no answer: whoever asks says which.
Error several_accounts(const std::string& said, const bj::array& found) {
    std::string names;
    for (const bj::value& one : found)
        names += (names.empty() ? "" : ", ") + text_at(one, "name") + " (" + text_at(one, "ref") + ")";
    return Error{ErrorCode::conflict, "ACCOUNT: several begin with \"" + said + "\", among them " + names +
                                          "; expected one name, or the number in brackets"};
}

/// Our own number or acc_…; else the account of that name, or the only one whose name begins so.
Result<std::string> account_key(const Api& api, const std::string& said) {
    const Result<bj::value> known = api.get(account_target(said));
    if (known) return said;
    if (known.error().code != ErrorCode::not_found) return known.error();
    const Result<bj::value> page =
        api.get("/api/v1/accounts?limit=" + std::to_string(kNamesakes) + "&q=" + http::percent_encode(said));
    if (!page) return page.error();
    const bj::array& found = list_at(*page, "accounts");
    for (const bj::value& one : found)
        if (found.size() == 1 || text_at(one, "name") == said) return text_at(one, "id");
    return found.empty() ? known.error() : several_accounts(said, found);
}

int show_account(const Line& line, const std::string& said, const std::string& below, Print print) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<std::string> key = account_key(api, said);
        if (!key) return key.error();
        const Result<bj::value> document = api.get(account_target(*key, below));
        if (!document) return document.error();
        line.shared.json ? print_json(*document) : print(*document);
        return int{kOk};
    });
}

struct AnswerFilter {
    std::map<std::string, std::string> asked;
    std::size_t limit = 50;
};

int list_answers(const Line& line, const AnswerFilter& filter) {
    const std::size_t page = filter.limit == 0 ? kAnswerPage : std::min(filter.limit, kAnswerPage);
    std::string target = "/api/v1/answers?limit=" + std::to_string(page);
    for (const auto& [name, value] : filter.asked)
        if (!value.empty()) target += "&" + name + "=" + http::percent_encode(value);
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> document = all_pages(api, target, "answers", filter.limit);
        if (!document) return document.error();
        line.shared.json ? print_json(*document) : print_answers(*document);
        return int{kOk};
    });
}

}  // namespace

void add_account_views(CLI::App& accounts, Line& line) {
    CLI::App& one = add(accounts, {"show", "one account: its facts, and who is there",
                                   "ACCOUNT is your own number for it, its name, or acc_…",
                                   "candour account show A-1\ncandour account show \"Brass Otter\""});
    auto key = std::make_shared<std::string>();
    one.add_option("ACCOUNT", *key, "your own number for it, its name, or acc_…")->required();
    run_by(one, line, [&line, key] { return show_account(line, *key, {}, print_account); });

    CLI::App& threads =
        add(accounts,
            {"threads", "who of us knows whom of them",
             "From the meetings, calls and mails that both took part in; candour import touchpoints brings "
             "them in.",
             "candour account threads A-1\n"
             "candour account threads A-1 --days 30 --json"});
    struct Wish {
        std::string key;
        int days = 90;
    };
    auto wish = std::make_shared<Wish>();
    threads.add_option("ACCOUNT", wish->key, "your own number for it, its name, or acc_…")->required();
    threads.add_option("--days", wish->days, "how far back to count, up to 365; 90 when left out")
        ->check(CLI::Range(1, 365))
        ->type_name("N");
    run_by(threads, line, [&line, wish] {
        return show_account(line, wish->key, "threads?days=" + std::to_string(wish->days), print_threads);
    });
}

void add_answer(CLI::App& root, Line& line) {
    CLI::App& answers = add(root, {"answer", "what customers answered",
                                   "Every answer as it came in; those that somebody must answer are items.",
                                   "candour answer list --account acc_…"});
    answers.group(kPeopleGroup)->require_subcommand(1);
    CLI::App& all =
        add(answers, {"list", "answers, newest first",
                      "Machines' presses are among them (CLASS likely_bot); figures do not count those.",
                      "candour answer list --survey autumn --limit 20\n"
                      "candour answer list --contact con_… --json"});
    auto filter = std::make_shared<AnswerFilter>();
    constexpr std::tuple<const char*, const char*, const char*> options[] = {
        {"--account", "account", "only those of one customer"},
        {"--contact", "contact", "only those of one person"},
        {"--campaign", "campaign", "only those to one campaign"},
        {"--survey", "survey", "only those to one survey"},
        {"--since", "since", "given from this day or instant on (UTC)"},
        {"--until", "until", "and before this one"}};
    for (const auto& [option, name, description] : options)
        all.add_option(option, filter->asked[name], description)->type_name("ID");
    all.add_option("--class", filter->asked["class"], "human, unverified or likely_bot")
        ->check(CLI::IsMember({"human", "unverified", "likely_bot"}))
        ->type_name("CLASS");
    all.add_option("--limit", filter->limit, "how many; 50 when left out, 0 for all")->type_name("N");
    run_by(all, line, [&line, filter] { return list_answers(line, *filter); });
}

}  // namespace candour::app::cli
