#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

namespace bj = boost::json;

struct RulesWish {
    std::string file, note, since, item;
};

std::string rule_words(const bj::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (const auto* list = value.if_array()) {
        std::string all;
        for (const bj::value& each : *list) all += (all.empty() ? "" : ", ") + rule_words(each);
        return all;
    }
    if (const auto* object = value.if_object()) {
        std::string all;
        for (const auto& [name, member] : *object)
            all += (all.empty() ? "" : ", ") + std::string(name) + " " + rule_words(member);
        return all;
    }
    return bj::serialize(value);
}

std::string side_of(const bj::value& rule, const char* side) {
    const auto* object = at(rule, side).if_object();
    if (object == nullptr || object->empty()) return "always";
    return rule_words(*object);
}

void print_rules(const bj::value& set) {
    const std::int64_t version = number_at(set, "version");
    if (version == 0)
        std::cout << "The built-in rules (version 0):\n\n";
    else
        std::cout << "Rules, version " << version << ", set " << when(at(set, "set_at")) << " UTC"
                  << (text_at(set, "note").empty() ? "" : ": " + on_one_line(text_at(set, "note"))) << "\n\n";
    Table table({"", "RULE", "THEN", "WHEN"});
    int number = 0;
    for (const bj::value& rule : list_at(set, "rules"))
        table.row(
            {std::to_string(++number), text_at(rule, "name"), side_of(rule, "then"), side_of(rule, "when")});
    table.print();
    std::cout << "\nThe first rule that fits decides each of raise, owner, due and watchers. No rule: not "
                 "raised, the account's owner,\n"
                 "the segment's days, nobody.\n";
}

/// The document in a file: {"rules": […]}.
Result<bj::value> rules_in(const std::string& file) {
    const Result<std::string> text = read_file(file);
    if (!text) return text.error();
    boost::system::error_code bad;
    const bj::value document = bj::parse(*text, bad);
    if (bad) return Error{ErrorCode::invalid, file + ": is not JSON: " + bad.message()};
    const auto* object = document.if_object();
    const auto* rules = object == nullptr ? nullptr : object->if_contains("rules");
    if (rules == nullptr)
        return Error{ErrorCode::invalid, file +
                                             ": expected {\"rules\": […]} as schemas/json/rules.schema.json "
                                             "has it; candour rules show --json prints one"};
    return *rules;
}

int show_rules(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> set = api.get("/api/v1/rules");
        if (!set) return set.error();
        line.shared.json ? print_json(*set) : print_rules(*set);
        return int{kOk};
    });
}

int set_rules(const Line& line, const RulesWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> rules = rules_in(wish.file);
        if (!rules) return rules.error();
        const Result<bj::value> current = api.get("/api/v1/rules");
        if (!current) return current.error();
        http::ClientRequest request;
        request.method = http::Method::put;
        request.target = "/api/v1/rules";
        request.body = bj::serialize(bj::object{{"rules", *rules}, {"note", wish.note}});
        request.headers.push_back({"If-Match", "\"" + std::to_string(number_at(*current, "version")) + "\""});
        const Result<http::ClientAnswer> answer = api.send(request);
        if (!answer) return answer.error();
        const Result<bj::value> fresh = value_of_answer(*answer);
        if (!fresh) return fresh.error();
        if (line.shared.json)
            print_json(*fresh);
        else
            std::cout << "Version " << number_at(*fresh, "version")
                      << " is in force from the next answer on. Items that are there stay as they are.\n";
        return int{kOk};
    });
}

void print_examples(const char* heading, const bj::array& answers) {
    if (answers.empty()) return;
    std::cout << "\n" << heading << "\n";
    Table table({"WHEN (UTC)", "SCORE", "CONTACT", "ITEM", "RULE", "THEIR WORDS"});
    for (const bj::value& answer : answers)
        table.row({when(at(answer, "at")),
                   at(answer, "score").is_null() ? "" : std::to_string(number_at(answer, "score")),
                   text_at(answer, "contact"), text_at(answer, "item"), text_at(answer, "rule"),
                   text_at(answer, "verbatim")});
    table.print();
}

void print_trial(const bj::value& trial) {
    std::cout << number_at(trial, "answers") << " answers since " << when(at(trial, "since")) << " UTC"
              << (flag_at(trial, "complete") ? "" : " (the first of more)") << ": the rules in force raise "
              << number_at(trial, "raised_by_rules_in_force") << ", these would raise "
              << number_at(trial, "raised_by_these_rules") << ".\n"
              << "Newly raised: " << number_at(trial, "newly_raised")
              << ". No longer raised: " << number_at(trial, "no_longer_raised") << ".\n";
    print_examples("Newly raised, for example", list_at(trial, "newly_raised_examples"));
    print_examples("No longer raised, for example", list_at(trial, "no_longer_raised_examples"));
    std::cout << "\nNothing was changed.\n";
}

int test_rules(const Line& line, const RulesWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        bj::object body{{"since", wish.since}};
        if (!wish.file.empty()) {
            const Result<bj::value> rules = rules_in(wish.file);
            if (!rules) return rules.error();
            body["rules"] = *rules;
        }
        const Result<bj::value> trial = api.post("/api/v1/rules/test", body);
        if (!trial) return trial.error();
        line.shared.json ? print_json(*trial) : print_trial(*trial);
        return int{kOk};
    });
}

void print_explanation(const bj::value& document) {
    const std::int64_t version = number_at(document, "version");
    std::cout << text_at(document, "alias") << " was raised under "
              << (version == 0 ? "the built-in rules"
                               : "version " + std::to_string(version) + " of the rules")
              << ".\n\n";
    for (const char* property : {"raise", "owner", "due", "watchers"}) {
        const std::string rule = text_at(at(document, "decided"), property);
        std::cout << property << std::string(10 - std::string_view(property).size(), ' ')
                  << (rule.empty() ? "no rule" : on_one_line(rule)) << "\n";
    }
    std::cout << "\n";
    Table table({"", "FITS", "DECIDES", "RULE"});
    int number = 0;
    for (const bj::value& rule : list_at(document, "rules"))
        table.row({std::to_string(++number), flag_at(rule, "fits") ? "yes" : "no: " + text_at(rule, "failed"),
                   rule_words(at(rule, "decides")), text_at(rule, "name")});
    table.print();
}

int explain(const Line& line, const RulesWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> document =
            api.get("/api/v1/items/" + http::percent_encode(wish.item) + "/rules");
        if (!document) return document.error();
        line.shared.json ? print_json(*document) : print_explanation(*document);
        return int{kOk};
    });
}

void add_set_and_test(CLI::App& rules, Line& line) {
    CLI::App& change = add(rules, {"set", "put other rules in force",
                                   "FILE is a document as schemas/json/rules.schema.json has it; candour "
                                   "rules show --json prints the present one.\n"
                                   "It holds from the next answer on, on every host; what was raised before "
                                   "stays. Needs the scope admin.",
                                   "candour rules test rules.json --since 2026-01-01\n"
                                   "candour rules set rules.json --note \"praise of executives, too\""});
    auto wish = std::make_shared<RulesWish>();
    change.add_option("FILE", wish->file, "a JSON file; - reads standard input")->required();
    change.add_option("--note", wish->note, "why, for whoever looks at this version later")
        ->type_name("TEXT");
    run_by(change, line, [&line, wish] { return set_rules(line, *wish); });

    CLI::App& trial = add(rules, {"test", "try rules on the past, before they are switched on",
                                  "Says which answers since DATE would have been raised that are not now, "
                                  "and the other way round. Without FILE\n"
                                  "the rules in force are tried. Changes nothing.",
                                  "candour rules test rules.json --since 2026-01-01"});
    auto tried = std::make_shared<RulesWish>();
    trial.add_option("FILE", tried->file, "a JSON file; the rules in force when left out");
    trial.add_option("--since", tried->since, "answers that came from this day on (UTC)")
        ->required()
        ->type_name("DATE");
    run_by(trial, line, [&line, tried] { return test_rules(line, *tried); });
}

}  // namespace

void add_rules(CLI::App& root, Line& line) {
    CLI::App& rules = add(root, {"rules", "which answers become items, who owns them, by when, who watches",
                                 "Rules stand in an order, and the first one that fits decides each property "
                                 "that it speaks of. They are versioned:\n"
                                 "what was in force when an item was raised can always be looked up.",
                                 "candour rules show\ncandour rules explain LP-12"});
    rules.group(kPeopleGroup)->require_subcommand(1);
    CLI::App& present =
        add(rules, {"show", "the rules in force", "With --json: a document that candour rules set takes.",
                    "candour rules show"});
    run_by(present, line, [&line] { return show_rules(line); });
    add_set_and_test(rules, line);
    CLI::App& why = add(
        rules, {"explain", "why an item was raised, and why it is whose it is",
                "Each rule of the version that was in force then: whether it fitted, and what it decided.",
                "candour rules explain LP-12"});
    auto wish = std::make_shared<RulesWish>();
    why.add_option("ITEM", wish->item, "itm_… or LP-187")->required();
    run_by(why, line, [&line, wish] { return explain(line, *wish); });
}

}  // namespace candour::app::cli
