#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct WebhookWish {
    std::string id, name, url, format = "cloudevents", delivery;
    std::vector<std::string> events;
};

std::string webhook_target(const WebhookWish& wish, const std::string& below = {}) {
    return "/api/v1/webhooks" + (wish.id.empty() ? "" : "/" + http::percent_encode(wish.id)) + below;
}

std::string webhook_standing(const boost::json::value& webhook) {
    if (const std::string since = when(at(webhook, "disabled_at")); !since.empty())
        return "disabled " + since;
    if (const std::string since = when(at(webhook, "failing_since")); !since.empty())
        return "failing since " + since;
    return "in use";
}

int list_webhooks(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> all = api.get(webhook_target({}));
        if (!all) return all.error();
        if (line.shared.json) {
            print_json(*all);
            return int{kOk};
        }
        Table table({"ID", "STANDING", "EVENTS", "NAME", "URL"});
        for (const boost::json::value& one : list_at(*all, "webhooks")) {
            const std::string events = joined(list_at(one, "events"));
            table.row({text_at(one, "id"), webhook_standing(one), events.empty() ? "all" : events,
                       on_one_line(text_at(one, "name")), text_at(one, "url")});
        }
        if (table.empty())
            std::cout << "Nobody elsewhere hears of anything: candour webhook add --help\n";
        else
            table.print();
        return int{kOk};
    });
}

int add_webhook_by(const Line& line, const WebhookWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const boost::json::object body{{"name", wish.name},
                                       {"url", wish.url},
                                       {"format", wish.format},
                                       {"events", boost::json::value_from(wish.events)}};
        const Result<boost::json::value> made = api.post(webhook_target({}), body);
        if (!made) return made.error();
        if (line.shared.json) {
            print_json(*made);
            return int{kOk};
        }
        std::cout << text_at(*made, "id") << "\n" << text_at(*made, "secret") << "\n";
        std::cerr << "The second line is the secret that signs every delivery. It is shown once.\n";
        return int{kOk};
    });
}

int rotate_webhook(const Line& line, const WebhookWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> made =
            api.post(webhook_target(wish, "/rotate"), boost::json::object());
        if (!made) return made.error();
        if (line.shared.json) {
            print_json(*made);
            return int{kOk};
        }
        std::cout << text_at(*made, "secret") << "\n";
        std::cerr << "The secret before signs as well until " << when(at(*made, "old_secret_until"))
                  << ". This one is shown once.\n";
        return int{kOk};
    });
}

int tell_webhook(const Line& line, const WebhookWish& wish, const std::string& verb, const char* sentence) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> answer =
            api.post(webhook_target(wish, "/" + verb), boost::json::object());
        if (!answer) return answer.error();
        if (line.shared.json)
            print_json(answer->is_null() ? boost::json::value(boost::json::object{{"id", wish.id}})
                                         : *answer);
        else
            std::cout << wish.id << " " << sentence << "\n";
        return int{kOk};
    });
}

int list_deliveries(const Line& line, const WebhookWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> page = api.get(webhook_target(wish, "/deliveries"));
        if (!page) return page.error();
        if (line.shared.json) {
            print_json(*page);
            return int{kOk};
        }
        Table table({"DELIVERY", "WHEN", "ITEM", "EVENT", "STATE", "ATTEMPTS", "TROUBLE"});
        for (const boost::json::value& one : list_at(*page, "deliveries"))
            table.row({text_at(one, "id"), when(at(one, "created_at")), text_at(one, "item"),
                       text_at(one, "event"), text_at(one, "state"),
                       std::to_string(number_at(one, "attempts")), on_one_line(text_at(one, "trouble"))});
        if (table.empty())
            std::cout << "Nothing was sent yet: candour webhook test " << wish.id << "\n";
        else
            table.print();
        return int{kOk};
    });
}

void add_webhook_verb(CLI::App& webhook, Line& line, const Lesson& lesson, const char* sentence) {
    auto wish = std::make_shared<WebhookWish>();
    CLI::App& command = add(webhook, lesson);
    command.add_option("WEBHOOK", wish->id, "whk_…")->required();
    const std::string verb = lesson.name;
    run_by(command, line,
           [&line, wish, verb, sentence] { return tell_webhook(line, *wish, verb, sentence); });
}

void add_webhook_verbs(CLI::App& webhook, Line& line) {
    add_webhook_verb(
        webhook, line,
        {"test", "send a test, which is no event", "Whether it arrived: candour webhook deliveries.",
         "candour webhook test whk_01arz3ndektsv4rrffq69g5fav"},
        "gets a test.");
    add_webhook_verb(webhook, line,
                     {"enable", "use it again", "What happened meanwhile is not sent afterwards.",
                      "candour webhook enable whk_01arz3ndektsv4rrffq69g5fav"},
                     "is in use.");
    add_webhook_verb(webhook, line,
                     {"disable", "send nothing for now", "Its deliveries stay to be seen.",
                      "candour webhook disable whk_01arz3ndektsv4rrffq69g5fav"},
                     "gets nothing for now.");
    add_webhook_verb(webhook, line,
                     {"remove", "forget it, with its deliveries", "Its secret opens nothing any more.",
                      "candour webhook remove whk_01arz3ndektsv4rrffq69g5fav"},
                     "is forgotten.");
}

void add_webhook_rotation(CLI::App& webhook, Line& line) {
    auto wish = std::make_shared<WebhookWish>();
    CLI::App& command =
        add(webhook,
            {"rotate", "another secret; prints it",
             "For a day every delivery carries two signatures, of the new secret and of the one before,\n"
             "so that whoever verifies can change theirs in between.",
             "candour webhook rotate whk_01arz3ndektsv4rrffq69g5fav"});
    command.add_option("WEBHOOK", wish->id, "whk_…")->required();
    run_by(command, line, [&line, wish] { return rotate_webhook(line, *wish); });
}

void add_webhook_deliveries(CLI::App& webhook, Line& line) {
    auto seen = std::make_shared<WebhookWish>();
    CLI::App& sent = add(webhook, {"deliveries", "what was sent, and what came of it", "Kept for 30 days.",
                                   "candour webhook deliveries whk_01arz3ndektsv4rrffq69g5fav"});
    sent.add_option("WEBHOOK", seen->id, "whk_…")->required();
    run_by(sent, line, [&line, seen] { return list_deliveries(line, *seen); });
    auto again = std::make_shared<WebhookWish>();
    CLI::App& replay = add(webhook, {"replay", "send the same bytes again, under the same id",
                                     "Whoever took it already knows it by its id.",
                                     "candour webhook replay whk_01arz3ndektsv4rrffq69g5fav "
                                     "whd_01arz3ndektsv4rrffq69g5fav"});
    replay.add_option("WEBHOOK", again->id, "whk_…")->required();
    replay.add_option("DELIVERY", again->delivery, "whd_…")->required();
    run_by(replay, line, [&line, again] {
        return tell_webhook(line, *again, "deliveries/" + http::percent_encode(again->delivery) + "/replay",
                            "gets it again.");
    });
}

}  // namespace

void add_webhook(CLI::App& root, Line& line) {
    CLI::App& webhook =
        add(root,
            {"webhook", "programs of others that hear of what happens to items",
             "Signed by the rules of Standard Webhooks, as CloudEvents or as text for Slack. They hold ids\n"
             "and nobody's words. Needs the scope admin.",
             "candour webhook add --name crm --url https://crm.example.com/candour"});
    webhook.group(kHouseGroup)->require_subcommand(1);
    CLI::App& all = add(webhook, {"list", "all of them, and whether they take what they get",
                                  "Secrets are not among it.", "candour webhook list"});
    run_by(all, line, [&line] { return list_webhooks(line); });
    auto wish = std::make_shared<WebhookWish>();
    CLI::App& more = add(
        webhook,
        {"add", "another one, from now on; prints its id and its secret",
         "What is not taken comes again, later and later, for two days.",
         "candour webhook add --name crm --url https://crm.example.com/candour --event told --event seen\n"
         "candour webhook add --name team --url https://hooks.slack.com/services/T0/B0/x --format slack"});
    more.add_option("--name", wish->name, "what it is for")->required()->type_name("NAME");
    more.add_option("--url", wish->url, "https, at a public address; else plugins.private_hosts must list it")
        ->required()
        ->type_name("URL");
    more.add_option("--event", wish->events, "an event of the ledger such as told; all of them when left out")
        ->type_name("EVENT");
    more.add_option("--format", wish->format, "cloudevents or slack; cloudevents when left out")
        ->check(CLI::IsMember({"cloudevents", "slack"}))
        ->type_name("FORMAT");
    run_by(more, line, [&line, wish] { return add_webhook_by(line, *wish); });
    add_webhook_verbs(webhook, line);
    add_webhook_rotation(webhook, line);
    add_webhook_deliveries(webhook, line);
}

}  // namespace candour::app::cli
