#include "app/cli/item_view.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <ctime>
#include <iostream>

#include "app/cli/output.hpp"

namespace candour::app::cli {
namespace {

/// What people said to each other; the rest of an event's content names rows and instants.
constexpr std::array<std::string_view, 13> kWords{"text", "why",     "trade_off", "decided_by", "link",
                                                  "said", "channel", "reason",    "note",       "detail",
                                                  "from", "remark",  "mail"};

/// Columns that a terminal of this width has room for.
constexpr std::size_t kWithAccount = 110;
constexpr std::size_t kWithOwner = 140;
constexpr std::size_t kLongestName = 24;

std::string now_text() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string owed(const boost::json::value& item, const char* step, const char* word) {
    const std::string due = text_at(at(item, "due"), step);
    if (due.empty()) return word;
    // Both are RFC 3339 in UTC, which sorts as text.
    return std::string(word) + " by " + due.substr(0, 10) + (due < now_text() ? ", late" : "");
}

std::string title(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name;
}

std::string score_of(const boost::json::value& item) {
    return at(item, "score").is_null() ? "" : std::to_string(number_at(item, "score"));
}

void print_pair(const char* name, const std::string& value) {
    if (!value.empty())
        std::cout << name << std::string(12 - std::string_view(name).size(), ' ') << on_one_line(value)
                  << "\n";
}

void print_event(const boost::json::value& event) {
    const std::string actor = text_at(at(event, "actor"), "name");
    std::cout << "  " << when(at(event, "at")) << "  " << title(text_at(event, "event"))
              << (actor.empty() ? "" : ", " + on_one_line(actor)) << "\n";
    if (flag_at(event, "erased")) std::cout << "      (its words were erased)\n";
    for (const std::string_view key : kWords) {
        const std::string words = text_at(at(event, "content"), key);
        if (!words.empty())
            std::cout << indented(key == "text" ? words : title(std::string(key)) + ": " + words, "      ");
    }
    if (const std::string again = text_at(at(event, "content"), "verbatim");
        text_at(event, "event") == "answered_again" && !again.empty())
        std::cout << indented(again, "      ");
}

void print_message(const boost::json::value& message) {
    const boost::json::value& last = at(message, "last");
    std::string line = "  " + when(at(message, "created_at")) + "  " + text_at(message, "kind") + ", " +
                       title(text_at(message, "state"));
    if (number_at(message, "attempts") > 1)
        line += " after " + std::to_string(number_at(message, "attempts")) + " attempts";
    if (const std::string detail = text_at(last, "detail"); !detail.empty())
        line += ": " + on_one_line(detail);
    std::cout << line << "  (" << text_at(message, "id") << ")\n";
}

std::string times(const boost::json::value& item) {
    std::string all;
    for (const char* const step : {"raised", "heard", "decided", "changed", "told", "closed"}) {
        const std::string instant = when(at(item, std::string(step) + "_at"));
        if (!instant.empty()) all += (all.empty() ? "" : ", ") + std::string(step) + " " + instant;
    }
    return all;
}

}  // namespace

std::string whose(const boost::json::value& item) {
    const std::string contact = text_at(at(item, "contact"), "name"),
                      account = text_at(at(item, "account"), "name");
    return contact.empty() ? account : account.empty() ? contact : contact + " at " + account;
}

std::string next_due(const boost::json::value& item) {
    const std::string state = text_at(item, "state");
    if (flag_at(item, "answer_pending")) return "read their reply";
    if (flag_at(item, "sending")) return "being sent";
    if (state == "raised") return owed(item, "hear", "hear");
    if (state == "heard") return owed(item, "decide", "decide");
    if (state == "decided" && flag_at(item, "will_change")) {
        const std::string promised = text_at(item, "promised_by");
        return promised.empty()
                   ? owed(item, "change", "change")
                   : "change by " + promised.substr(0, 10) + (promised < now_text() ? ", late" : "");
    }
    if (state == "decided" || state == "changed") return owed(item, "tell", "tell");
    if (state == "told") return "their turn";
    return "";
}

std::string next_step(const boost::json::value& item) {
    const std::string state = text_at(item, "state"), alias = text_at(item, "alias");
    const std::string command = "candour item ";
    if (flag_at(item, "answer_pending"))
        return "they wrote back, see above: " + command + "no-objection " + alias + "   or " + command +
               "objects " + alias;
    if (flag_at(item, "sending"))
        return command + "cancel-tell " + alias + "   takes the closing message back";
    if (state == "raised") return command + "hear " + alias + " --text \"what we heard, in our words\"";
    if (state == "heard")
        return command + "decide " + alias +
               " --change --text \"…\" --by YYYY-MM-DD   or --no-change --text \"…\" --why \"…\"";
    if (state == "decided" && flag_at(item, "will_change"))
        return command + "change " + alias + " --text \"what changed\"";
    if (state == "decided" || state == "changed")
        return command + "tell " + alias + " --dry-run   shows what they would read";
    if (state == "told")
        return "it closes when they have seen it: on their page, or told to you: " + command + "seen " +
               alias + " --said \"…\" --channel phone";
    return "";
}

void print_items(const boost::json::value& page) {
    // On a narrow terminal the words of the customer are worth more than the names around them.
    const bool account = terminal_width() >= kWithAccount, owner = terminal_width() >= kWithOwner;
    const auto columns = [&](std::vector<std::string> left, std::string of, std::string by,
                             std::string words) {
        if (account) left.push_back(std::move(of));
        if (owner) left.push_back(std::move(by));
        left.push_back(std::move(words));
        return left;
    };
    Table table(columns({"ITEM", "STATE", "NEXT", "SCORE", "CONTACT"}, "ACCOUNT", "OWNER", "THEIR WORDS"));
    for (const boost::json::value& item : list_at(page, "items")) {
        std::string state = title(text_at(item, "state"));
        if (number_at(item, "round") > 1)
            state += " (round " + std::to_string(number_at(item, "round")) + ")";
        const auto name = [&item](const char* whose) {
            return cut(on_one_line(text_at(at(item, whose), "name")), kLongestName);
        };
        table.row(columns({text_at(item, "alias"), state, next_due(item), score_of(item), name("contact")},
                          name("account"), name("owner"), text_at(item, "verbatim")));
    }
    if (table.empty()) {
        std::cout
            << "No items. They come from answers: candour survey link --help shows how to ask somebody.\n";
        return;
    }
    table.print();
    if (const std::string next = text_at(page, "next"); !next.empty())
        std::cout << "\nThere are more: --cursor " << next << "\n";
}

void print_history_after(const boost::json::value& item, std::int64_t version) {
    for (const boost::json::value& event : list_at(item, "history"))
        if (number_at(event, "n") > version) print_event(event);
}

void print_item(const boost::json::value& item) {
    std::cout << text_at(item, "alias") << "  " << title(text_at(item, "state")) << "  (round "
              << number_at(item, "round") << ", version " << number_at(item, "version") << ")\n\n";
    print_pair("from", whose(item));
    print_pair("score", score_of(item));
    print_pair("owner", text_at(at(item, "owner"), "name"));
    print_pair("segment", text_at(item, "segment"));
    print_pair("theme", text_at(item, "theme"));
    print_pair("went on in", text_at(item, "merged_into"));
    if (flag_at(item, "our_failure")) print_pair("fault", "ours: the change owes three texts more");
    if (flag_at(item, "quiet")) print_pair("quiet", "nobody has seen what came of it, after two waits");
    print_pair("undo until", when(at(item, "cancel_until")));
    print_pair("next", next_due(item));
    print_pair("times (UTC)", times(item));
    if (const std::string proof = text_at(at(item, "evidence"), "strength");
        !proof.empty() && proof != "none") {
        const std::string source = text_at(at(item, "evidence"), "source");
        print_pair("evidence", title(proof) + (source.empty() ? "" : ", " + source));
    }
    print_pair("page", text_at(item, "page_url"));
    print_pair("id", text_at(item, "id"));
    if (const std::string words = text_at(item, "verbatim"); !words.empty())
        std::cout << "\nTheir words\n" << indented(words, "  ");
    std::cout << "\nWhat happened (UTC)\n";
    print_history_after(item, 0);
    if (!list_at(item, "messages").empty()) std::cout << "\nMessages\n";
    for (const boost::json::value& message : list_at(item, "messages")) print_message(message);
    for (const boost::json::value& other : list_at(item, "proposals"))
        std::cout << "\nThe same person about the same thing: " << text_at(other, "alias") << " ("
                  << title(text_at(other, "state")) << ", " << when(at(other, "raised_at"))
                  << "). candour item merge --help\n";
    if (const std::string next = next_step(item); !next.empty()) std::cout << "\nNext: " << next << "\n";
}

}  // namespace candour::app::cli
