#include <boost/json.hpp>
#include <iostream>

#include "app/cli/item_filters.hpp"
#include "app/cli/item_steps.hpp"
#include "app/cli/item_view.hpp"
#include "app/cli/output.hpp"

namespace candour::app::cli {
namespace {

struct Spoken {
    std::string contact, words, channel, when, topic, key;
    bool may_quote = false, acknowledge = false;
};

int write_down_item(const Line& line, const Spoken& spoken) {
    boost::json::object body{{"contact", spoken.contact},
                             {"words", spoken.words},
                             {"channel", spoken.channel},
                             {"may_quote", spoken.may_quote},
                             {"acknowledge", spoken.acknowledge}};
    if (Done read = read_words(body); !read) return fail(read.error());
    if (!spoken.when.empty()) body["when"] = spoken.when;
    if (!spoken.topic.empty()) body["topic"] = spoken.topic;
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        http::ClientRequest request;
        request.method = http::Method::post;
        request.target = "/api/v1/items";
        request.body = boost::json::serialize(body);
        if (!spoken.key.empty()) request.headers.push_back({"Idempotency-Key", spoken.key});
        const Result<http::ClientAnswer> answer = api.send(request);
        if (!answer) return answer.error();
        const Result<boost::json::value> item = value_of_answer(*answer);
        if (!item) return item.error();
        line.shared.json ? print_json(*item) : print_items(boost::json::object{{"items", {*item}}});
        return int{kOk};
    });
}

/// `1.4 days`, `3.0 hours`.
std::string pace_text(std::int64_t seconds) {
    constexpr double hour = 3'600, day = 24 * hour;
    char text[32];
    const auto length = static_cast<double>(seconds);
    std::snprintf(text, sizeof text, length < 2 * day ? "%.1f hours" : "%.1f days",
                  length < 2 * day ? length / hour : length / day);
    return text;
}

void print_counts(const boost::json::value& document) {
    Table table({"STATE", "ITEMS", "STAY THERE (MEDIAN)"});
    for (const boost::json::value& count : list_at(document, "counts")) {
        std::string pace;
        for (const boost::json::value& one : list_at(document, "pace"))
            if (text_at(one, "state") == text_at(count, "state"))
                pace = pace_text(number_at(one, "median_seconds"));
        table.row({text_at(count, "state"),
                   std::to_string(number_at(count, "items")) + (flag_at(count, "more") ? "+" : ""), pace});
    }
    table.print();
}

int count_items(const Line& line, const ItemFilter& filter) {
    std::string query = filter.query();
    if (!query.empty()) query.front() = '?';
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> counts = api.get("/api/v1/items/counts" + query);
        if (!counts) return counts.error();
        line.shared.json ? print_json(*counts) : print_counts(*counts);
        return int{kOk};
    });
}

void add_write_down(CLI::App& item, Line& line) {
    CLI::App& command = add(
        item,
        {"add", "write down what a customer told one of us",
         "It becomes an item whatever the rules say: somebody heard it and has to answer. The customer is "
         "not written to\n"
         "unless you say --acknowledge. With --key the same call twice is one item.",
         "candour item add --contact ada@otter.example --text \"The export takes an hour.\" --channel phone\n"
         "candour item add --contact ada@otter.example --text @notes.txt --channel meeting --when "
         "2026-03-02T14:00:00Z"});
    auto spoken = std::make_shared<Spoken>();
    command.add_option("--contact", spoken->contact, "who said it: an address, or con_…")
        ->required()
        ->type_name("WHO");
    add_words(command, "--text", spoken->words, "their own words; @FILE or - reads them")->required();
    command.add_option("--channel", spoken->channel, "phone, meeting, chat, …")->required()->type_name("HOW");
    command.add_option("--when", spoken->when, "when they said it; just now when left out")
        ->type_name("INSTANT");
    command.add_option("--topic", spoken->topic, "what it is about, in a word")->type_name("WORD");
    command.add_option("--key", spoken->key, "your own key: the same one is the same item")->type_name("KEY");
    command.add_flag("--may-quote", spoken->may_quote, "they may be quoted by name");
    command.add_flag("--acknowledge", spoken->acknowledge, "they get a mail that their words arrived");
    run_by(command, line, [&line, spoken] { return write_down_item(line, *spoken); });
}

}  // namespace

void add_counting(CLI::App& item, Line& line) {
    add_write_down(item, line);
    CLI::App& command =
        add(item,
            {"counts", "how many items stand where, and how long they stay there",
             "The filters are those of list, without --state and --sort. Counted up to 10000 for each state; "
             "the median is that of the\n"
             "last 500 items that something happened to.",
             "candour item counts\n"
             "candour item counts --overdue --json | jq '.counts[] | select(.items > 0)'"});
    auto filter = std::make_shared<ItemFilter>();
    add_item_filters(command, *filter, false);
    run_by(command, line, [&line, filter] { return count_items(line, *filter); });
}

}  // namespace candour::app::cli
