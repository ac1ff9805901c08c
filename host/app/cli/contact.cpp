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

struct ContactWish {
    std::string key, into, search, account;
    std::optional<std::string> level, language, zone, active;
    std::optional<std::string> roles, tags;
    bool dry_run = false, sure = false;
};

std::string contact_target(const std::string& key, const std::string& below = {}) {
    return "/api/v1/contacts/" + http::percent_encode(key) + (below.empty() ? "" : "/" + below);
}

void print_contacts(const bj::value& document) {
    Table table({"NAME", "ACCOUNT", "LEVEL", "ROLES", "LANGUAGE", "ACTIVE", "ID", "EMAIL"});
    for (const bj::value& contact : list_at(document, "contacts"))
        table.row({text_at(contact, "name"), text_at(contact, "account_name"), text_at(contact, "level"),
                   joined(list_at(contact, "roles")), text_at(contact, "language"),
                   flag_at(contact, "active") ? "yes" : "no", text_at(contact, "id"),
                   text_at(contact, "email")});
    if (table.empty())
        std::cout << "Nobody: candour import contacts --help shows how people come in.\n";
    else
        table.print();
}

void print_contact(const bj::value& contact) {
    const std::pair<const char*, std::string> rows[] = {{"name", text_at(contact, "name")},
                                                        {"account", text_at(contact, "account_name")},
                                                        {"email", text_at(contact, "email")},
                                                        {"level", text_at(contact, "level")},
                                                        {"roles", joined(list_at(contact, "roles"))},
                                                        {"tags", joined(list_at(contact, "tags"))},
                                                        {"language", text_at(contact, "language")},
                                                        {"zone", text_at(contact, "zone")},
                                                        {"active", flag_at(contact, "active") ? "yes" : "no"},
                                                        {"merged into", text_at(contact, "merged_into")},
                                                        {"erased", when(at(contact, "erased_at"))},
                                                        {"id", text_at(contact, "id")}};
    for (const auto& [name, value] : rows)
        if (!value.empty())
            std::cout << name << std::string(13 - std::string_view(name).size(), ' ') << on_one_line(value)
                      << "\n";
}

int list_contacts(const Line& line, const ContactWish& wish) {
    std::string target = "/api/v1/contacts?limit=1000";
    if (!wish.search.empty()) target += "&q=" + http::percent_encode(wish.search);
    if (!wish.account.empty()) target += "&account=" + http::percent_encode(wish.account);
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> document = all_pages(api, target, "contacts", 0);
        if (!document) return document.error();
        line.shared.json ? print_json(*document) : print_contacts(*document);
        return int{kOk};
    });
}

/// Sends, and shows the contact afterwards with a sentence about it.
int give_contact(const Line& line, http::Method method, const std::string& target, const bj::object& body,
                 const char* sentence) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        http::ClientRequest request;
        request.method = method;
        request.target = target;
        if (method != http::Method::get) request.body = bj::serialize(body);
        const Result<http::ClientAnswer> answer = api.send(request);
        if (!answer) return answer.error();
        const Result<bj::value> contact = value_of_answer(*answer);
        if (!contact) return contact.error();
        if (line.shared.json) {
            print_json(*contact);
            return int{kOk};
        }
        print_contact(*contact);
        if (*sentence != '\0') std::cout << "\n" << sentence << "\n";
        return int{kOk};
    });
}

bj::array words_between_commas(std::string rest) {
    bj::array words;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        if (end > 0) words.emplace_back(rest.substr(0, end));
        rest.erase(0, std::min(end + 1, rest.size()));
    }
    return words;
}

int set_contact(const Line& line, const ContactWish& wish) {
    bj::object body;
    const std::pair<const char*, const std::optional<std::string>*> texts[] = {
        {"level", &wish.level}, {"language", &wish.language}, {"zone", &wish.zone}};
    for (const auto& [name, value] : texts)
        if (*value) body[name] = **value;
    if (wish.active) body["active"] = *wish.active == "yes";
    if (wish.roles) body["roles"] = words_between_commas(*wish.roles);
    if (wish.tags) body["tags"] = words_between_commas(*wish.tags);
    if (body.empty()) return fail_usage("expected --roles, --tags, --level, --language, --zone or --active");
    return give_contact(line, http::Method::patch, contact_target(wish.key), body, "");
}

void print_erasure(const bj::value& report) {
    std::cout << (flag_at(report, "dry_run") ? "Would be erased: " : "Erased: ")
              << number_at(report, "contents") << " texts of " << number_at(report, "items") << " items, "
              << number_at(report, "answers") << " answers, " << number_at(report, "messages")
              << " messages, " << number_at(report, "requests") << " raw requests, "
              << number_at(report, "mails") << " mails, and who they are.\n";
    if (flag_at(report, "dry_run"))
        std::cout << "Nothing was changed. --yes does it; it cannot be taken back.\n";
}

int erase(const Line& line, const ContactWish& wish) {
    if (!wish.dry_run && !wish.sure)
        return fail_usage("erasing cannot be taken back: look with --dry-run first, then say --yes");
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> report =
            api.post(contact_target(wish.key, "erase"), bj::object{{"dry_run", wish.dry_run}});
        if (!report) return report.error();
        line.shared.json ? print_json(*report) : print_erasure(*report);
        return int{kOk};
    });
}

CLI::App& add_one(CLI::App& parent, const Lesson& lesson, ContactWish& wish) {
    CLI::App& command = add(parent, lesson);
    command.add_option("CONTACT", wish.key, "con_…, or an address that only one contact has")->required();
    return command;
}

void add_list_and_show(CLI::App& contact, Line& line) {
    CLI::App& all = add(contact, {"list", "people, by name",
                                  "The id, or an address that only one contact has, names them elsewhere.",
                                  "candour contact list --search ada\ncandour contact list --account "
                                  "acc_01arz3ndektsv4rrffq69g5fav --json"});
    auto wish = std::make_shared<ContactWish>();
    all.add_option("--search", wish->search, "the beginning of a name or an address")->type_name("TEXT");
    all.add_option("--account", wish->account, "only people of one account")->type_name("ID");
    run_by(all, line, [&line, wish] { return list_contacts(line, *wish); });

    auto shown = std::make_shared<ContactWish>();
    CLI::App& one = add_one(contact,
                            {"show", "one person", "Also who was merged into somebody, or erased.",
                             "candour contact show ada@otter.example"},
                            *shown);
    run_by(one, line, [&line, shown] {
        return give_contact(line, http::Method::get, contact_target(shown->key), {}, "");
    });

    auto change = std::make_shared<ContactWish>();
    CLI::App& command = add_one(
        contact,
        {"set", "roles, tags, level, language, zone, active or left",
         "What is left out stays as it is. A change of level or of being active is kept with its day.",
         "candour contact set ada@otter.example --roles champion,sponsor --zone Europe/London"},
        *change);
    command
        .add_option("--roles", change->roles,
                    "some of champion, budget_holder, influencer, sponsor, user, by comma; \"\" for none")
        ->type_name("ROLES");
    command
        .add_option("--tags", change->tags,
                    "words of your own by comma, such as key,pilot; \"\" for none. Who carries key is missed "
                    "when they fall silent")
        ->type_name("TAGS");
    command.add_option("--level", change->level, "operational, managerial or executive")
        ->check(CLI::IsMember({"operational", "managerial", "executive"}))
        ->type_name("LEVEL");
    command.add_option("--language", change->language, "a tag such as de; \"\" when it is not known")
        ->type_name("TAG");
    command
        .add_option("--zone", change->zone,
                    "an IANA time zone such as Europe/Berlin; \"\" when it is not known")
        ->type_name("ZONE");
    command.add_option("--active", change->active, "no: they have left")
        ->check(CLI::IsMember({"yes", "no"}))
        ->type_name("ANSWER");
    run_by(command, line, [&line, change] { return set_contact(line, *change); });
}

void add_fates(CLI::App& contact, Line& line) {
    auto two = std::make_shared<ContactWish>();
    CLI::App& merge =
        add_one(contact,
                {"merge", "two rows are one person",
                 "CONTACT goes on as the other one: their answers count once, the later word about them "
                 "holds, links that they have\n"
                 "still work. candour contact split takes it back.",
                 "candour contact merge con_01arz3ndektsv4rrffq69g5fav --into ada@otter.example"},
                *two);
    merge.add_option("--into", two->into, "the one who stays")->required()->type_name("CONTACT");
    run_by(merge, line, [&line, two] {
        return give_contact(line, http::Method::post, contact_target(two->key, "merge"),
                            {{"into", two->into}}, "One person from now on.");
    });

    auto apart = std::make_shared<ContactWish>();
    CLI::App& split = add_one(contact,
                              {"split", "they were two people after all",
                               "Both rows are what they were before, each with their own answers.",
                               "candour contact split con_01arz3ndektsv4rrffq69g5fav"},
                              *apart);
    run_by(split, line, [&line, apart] {
        return give_contact(line, http::Method::post, contact_target(apart->key, "split"), {},
                            "Two people again.");
    });

    auto gone = std::make_shared<ContactWish>();
    CLI::App& command = add_one(contact,
                                {"erase", "forget a person, for good",
                                 "Who they are, what they said, what was written to them, raw requests and "
                                 "mails. The ledger's chain stands without\n"
                                 "the words; figures are counted again without their answers. Cannot be "
                                 "taken back. Needs the scope admin.",
                                 "candour contact erase ada@otter.example --dry-run"},
                                *gone);
    command.add_flag("--dry-run", gone->dry_run, "say what would go; change nothing");
    command.add_flag("--yes", gone->sure, "do it");
    run_by(command, line, [&line, gone] { return erase(line, *gone); });
}

}  // namespace

void add_contact(CLI::App& root, Line& line) {
    CLI::App& contact = add(root, {"contact", "people at accounts", "They come from candour import contacts.",
                                   "candour contact list\ncandour contact show ada@otter.example"});
    contact.group(kPeopleGroup)->require_subcommand(1);
    add_list_and_show(contact, line);
    add_fates(contact, line);
}

}  // namespace candour::app::cli
