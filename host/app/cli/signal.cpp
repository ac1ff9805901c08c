#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

namespace bj = boost::json;

struct SignalWish {
    std::string account, signal;
    bool ended = false;
    int limit = 100;
};

void print_evidence(const bj::value& finding) {
    for (const bj::value& each : list_at(finding, "evidence")) {
        const std::string view = text_at(each, "view");
        std::cout << "    " << on_one_line(text_at(each, "note"));
        if (!view.empty()) std::cout << "  (" << view << " " << number_at(each, "row") << ")";
        std::cout << "\n";
    }
}

void print_finding(const bj::value& finding) {
    const std::string who = text_at(at(finding, "contact"), "name");
    std::cout << text_at(finding, "severity") << "  " << on_one_line(text_at(finding, "title")) << "\n    "
              << on_one_line(text_at(at(finding, "account"), "name"))
              << (who.empty() ? "" : ", " + on_one_line(who)) << " · " << text_at(finding, "signal") << " of "
              << text_at(finding, "plugin") << " · since " << when(at(finding, "first_at")) << " UTC"
              << (at(finding, "ended_at").is_null() ? ""
                                                    : ", ended " + when(at(finding, "ended_at")) + " UTC")
              << "\n";
    if (!text_at(finding, "detail").empty())
        std::cout << indented(text_at(finding, "detail"), "    ") << "\n";
    print_evidence(finding);
}

int list_findings(const Line& line, const SignalWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        std::string target = "/api/v1/signals/findings?limit=" + std::to_string(wish.limit);
        if (!wish.account.empty()) target += "&account=" + http::percent_encode(wish.account);
        if (!wish.signal.empty()) target += "&signal=" + http::percent_encode(wish.signal);
        if (wish.ended) target += "&ended=true";
        const Result<bj::value> found = api.get(target);
        if (!found) return found.error();
        if (line.shared.json) {
            print_json(*found);
            return int{kOk};
        }
        for (const bj::value& finding : list_at(*found, "findings")) print_finding(finding);
        if (list_at(*found, "findings").empty())
            std::cout << "Nothing was found that deserves attention; candour signal sources shows what looks "
                         "for it.\n";
        return int{kOk};
    });
}

int sources(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> document = api.get("/api/v1/signals");
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        Table table({"SIGNAL", "PLUGIN", "NAME", "TROUBLE"});
        for (const bj::value& signal : list_at(*document, "signals"))
            table.row({text_at(signal, "id"), text_at(signal, "plugin"), text_at(signal, "name"),
                       text_at(signal, "trouble")});
        if (table.empty())
            std::cout << "No plugin of this host has a signal.\n";
        else
            table.print();
        return int{kOk};
    });
}

int evaluate(const Line& line, const SignalWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> looked =
            api.post("/api/v1/signals/evaluate", bj::object{{"account", wish.account}});
        if (!looked) return looked.error();
        if (line.shared.json)
            print_json(*looked);
        else
            std::cout << number_at(*looked, "signals") << " signals looked at " << text_at(*looked, "account")
                      << ". What they found: candour signal list --account " << wish.account << "\n";
        return int{kOk};
    });
}

}  // namespace

void add_signals(CLI::App& root, Line& line) {
    CLI::App& signal = add(
        root,
        {"signal", "what deserves somebody's attention, and on what that rests",
         "Signals of plugins look at each account once a day and whenever something happened there. Every "
         "finding\nnames its evidence.",
         "candour signal list"});
    signal.group(kProofGroup)->require_subcommand(1);
    auto wish = std::make_shared<SignalWish>();
    CLI::App& all = add(signal, {"list", "what was found, newest first",
                                 "A finding stands until its signal no longer reports it.",
                                 "candour signal list --account acc_01arz3ndektsv4rrffq69g5fav"});
    all.add_option("--account", wish->account, "of one account")->type_name("ACCOUNT");
    all.add_option("--signal", wish->signal, "of one signal")->type_name("SIGNAL");
    all.add_flag("--ended", wish->ended, "those that ended as well");
    all.add_option("--limit", wish->limit, "at most so many")->check(CLI::Range(1, 500))->type_name("N");
    run_by(all, line, [&line, wish] { return list_findings(line, *wish); });
    CLI::App& who = add(signal, {"sources", "the signals of this host, and what keeps one from running",
                                 "Each belongs to a plugin.", "candour signal sources"});
    run_by(who, line, [&line] { return sources(line); });
    CLI::App& now =
        add(signal, {"evaluate", "look at one account now",
                     "They look by themselves; this is for whoever does not want to wait a minute.",
                     "candour signal evaluate acc_01arz3ndektsv4rrffq69g5fav"});
    now.add_option("ACCOUNT", wish->account, "acc_…; candour account list shows them")->required();
    run_by(now, line, [&line, wish] { return evaluate(line, *wish); });
}

}  // namespace candour::app::cli
