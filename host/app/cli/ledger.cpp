#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/metric_rebuild.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "app/cli/shell_user.hpp"
#include "app/cli/wall_clock.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/items.hpp"
#include "edge/store/ledger_check.hpp"

namespace candour::app::cli {
namespace {

/// A line that overwrites itself, for people who wait; nothing in a log or a pipe.
class Counting {
 public:
    explicit Counting(const char* what) : what_(what), shown_(isatty(STDERR_FILENO) == 1) {}
    ~Counting() {
        if (shown_) std::cerr << "\r\x1b[K";
    }
    Counting(const Counting&) = delete;
    Counting& operator=(const Counting&) = delete;

    void operator()(std::int64_t count) const {
        if (shown_) std::cerr << "\r" << count << " " << what_ << "…" << std::flush;
    }

 private:
    const char* what_;
    bool shown_;
};

boost::json::array documents_of(const std::vector<store::Finding>& findings) {
    boost::json::array all;
    for (const store::Finding& finding : findings)
        all.push_back(boost::json::object{{"item", finding.item}, {"n", finding.n}, {"what", finding.what}});
    return all;
}

void print_findings(const std::vector<store::Finding>& findings) {
    for (const store::Finding& finding : findings) {
        std::string place = finding.item.empty() ? "checkpoints" : "item " + finding.item;
        if (finding.n > 0) place += ", event " + std::to_string(finding.n);
        std::cout << place << ": " << printable(finding.what) << "\n";
    }
}

store::Verification verified(store::Session& session) {
    const Counting counting("rows");
    return store::verify_ledger(session, [&counting](std::int64_t rows) { counting(rows); });
}

int verify(const Line& line) {
    return with_session(line.shared, [&line](store::Session& session) {
        const store::Verification found = verified(session);
        if (line.shared.json) {
            print_json(boost::json::object{{"rows", found.rows},
                                           {"items", found.items},
                                           {"checkpoints", found.checkpoints},
                                           {"erased", found.erased},
                                           {"findings", documents_of(found.findings)}});
        } else {
            print_findings(found.findings);
            std::cout << found.rows << " events of " << found.items << " items, " << found.checkpoints
                      << " checkpoints, " << found.erased << " contents erased: "
                      << (found.findings.empty() ? "nothing was changed or removed.\n"
                                                 : std::to_string(found.findings.size()) + " findings.\n");
        }
        return int{found.findings.empty() ? kOk : kFailed};
    });
}

int checkpoint(const Line& line) {
    return with_session(line.shared, [&line](store::Session& session) {
        session.execute(session.dialect() == store::Dialect::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
        store::append_checkpoint(session, wall_clock());
        session.execute("COMMIT");
        const store::Verification found = verified(session);
        if (line.shared.json)
            print_json(boost::json::object{{"checkpoints", found.checkpoints}, {"rows", found.rows}});
        else
            std::cout << "Everything up to now is covered: " << found.rows << " events by "
                      << found.checkpoints << " checkpoints.\n";
        return int{kOk};
    });
}

/// LP-187 is the item's number in this database; the ledger knows ids.
Result<std::string> id_of(const Shared& shared, const std::string& item) {
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(item);
    if (!ref) return ref.error();
    if (!ref->id.empty()) return ref->id.text();
    Result<flow::ItemView> view;
    with_database(shared, [&](boost::asio::io_context& io, store::Database& database, const Config&) {
        store::Items items(database);
        const auto keep = [&view](const std::exception_ptr& failure, Result<flow::ItemView> found) {
            if (failure) std::rethrow_exception(failure);
            view = std::move(found);
        };
        boost::asio::co_spawn(io, items.find(*ref), keep);
        io.run();
        return 0;
    });
    if (!view) return view.error();
    return view->item.id.text();
}

int write_out(const std::string& document, const std::string& output) {
    if (output.empty()) {
        std::cout << document;
        return kOk;
    }
    std::ofstream file(output, std::ios::binary | std::ios::trunc);
    file << document << std::flush;
    if (!file) return fail({ErrorCode::invalid, output + ": cannot be written"});
    std::cerr << "Wrote " << output << ".\n";
    return kOk;
}

int export_item(const Line& line, const std::string& item, const std::string& output) {
    return with_config(line.shared, {}, [&](const Config&) {
        const Result<std::string> id = id_of(line.shared, item);
        if (!id)
            return id.error().code == ErrorCode::invalid ? fail_usage(id.error().message) : fail(id.error());
        return with_session(line.shared, [&](store::Session& session) {
            const Result<std::string> document = store::export_ledger(session, *id);
            return document ? write_out(*document, output) : fail(document.error());
        });
    });
}

store::Rebuilt rebuilt(store::Session& session, bool repair) {
    const Counting counting("items");
    return store::rebuild(session, repair, [&counting](std::int64_t items) { counting(items); });
}

void print_rebuilt_json(const store::Rebuilt& result, const flow::MetricAudit& metrics, bool repaired) {
    boost::json::array findings;
    for (const flow::MetricFinding& finding : metrics.findings)
        findings.push_back(boost::json::object{{"metric", finding.metric}, {"what", finding.what}});
    print_json(boost::json::object{{"items", result.items},
                                   {"repaired", repaired},
                                   {"differences", documents_of(result.differences)},
                                   {"contacts_measured", metrics.contacts},
                                   {"items_measured", metrics.items},
                                   {"metric_differences", std::move(findings)}});
}

void print_rebuilt(const store::Rebuilt& result, const flow::MetricAudit& metrics, bool check) {
    const auto verdict = [check](std::size_t differences, const char* sound) {
        if (differences == 0) return std::string(sound);
        return std::to_string(differences) +
               (check ? " differences; candour rebuild --yes repairs them.\n" : " differences repaired.\n");
    };
    print_findings(result.differences);
    for (const flow::MetricFinding& finding : metrics.findings)
        std::cout << "metric " << finding.metric << ": " << printable(finding.what) << "\n";
    std::cout << result.items << " items folded from the ledger: "
              << verdict(result.differences.size(), "everything is as the ledger says.\n");
    std::cout << "Metrics computed again for " << metrics.contacts << " contacts and " << metrics.items
              << " items: " << verdict(metrics.findings.size(), "every sum is what the answers say.\n");
}

int rebuild(const Line& line, bool check, bool yes) {
    if (!check && !yes)
        return fail_usage(
            "this writes items and commitments again from the ledger; look first with --check, then run it "
            "with --yes");
    return with_session(line.shared, [&](store::Session& session) {
        const store::Rebuilt result = rebuilt(session, !check);
        if (!check)
            store::write_down(
                session,
                {doer_at_the_shell(), "rebuilt", "",
                 std::to_string(result.differences.size()) + " differences", "as the ledger says"},
                wall_clock());
        return with_config(line.shared, {}, [&](const Config& config) {
            const Result<store::Target> target = usable_target(config);
            if (!target) return fail(target.error());
            const Result<flow::MetricAudit> metrics = rebuild_metrics(config, *target, !check);
            if (!metrics) return fail(metrics.error());
            const bool differs = !result.differences.empty() || !metrics->findings.empty();
            line.shared.json ? print_rebuilt_json(result, *metrics, !check && differs)
                             : print_rebuilt(result, *metrics, check);
            return int{differs && check ? kFailed : kOk};
        });
    });
}

}  // namespace

void add_ledger(CLI::App& root, Line& line) {
    CLI::App& ledger = add(root, {"ledger", "prove what happened, and take it out of the house",
                                  "Each item's events are numbered and chained by SHA-256; the database "
                                  "refuses to change or delete them.\n"
                                  "These commands read the database themselves; the host may run or not.",
                                  "candour ledger verify"});
    ledger.group(kProofGroup)->require_subcommand(1);

    CLI::App& prove = add(ledger, {"verify", "check every event, every content and every checkpoint",
                                   "Proves that what is there was not changed since it was written, and that "
                                   "nothing a checkpoint covers\n"
                                   "is missing. Every finding is printed; exit code 1 when there are any.",
                                   "candour ledger verify\ncandour ledger verify --json | jq .findings"});
    run_by(prove, line, [&line] { return verify(line); });

    CLI::App& take =
        add(ledger,
            {"export", "one item's history as a document that can be checked without Candour",
             "The document says how its hashes are taken, so that anybody can check it with SHA-256 alone.",
             "candour ledger export LP-187 --output lp-187.json"});
    struct Options {
        std::string item, output;
        bool check = false, yes = false;
    };
    auto options = std::make_shared<Options>();
    take.add_option("ITEM", options->item, "itm_… or LP-187")->required();
    take.add_option("--output", options->output, "a file; standard output when left out")->type_name("FILE");
    run_by(take, line, [&line, options] { return export_item(line, options->item, options->output); });

    CLI::App& cover =
        add(ledger, {"checkpoint", "seal everything that is there by now",
                     "A checkpoint chains all events since the last one, so that a missing tail or a missing "
                     "item shows.\n"
                     "The host writes one every day; write one yourself before you hand a copy to somebody.",
                     "candour ledger checkpoint"});
    run_by(cover, line, [&line] { return checkpoint(line); });

    CLI::App& fold =
        add(root, {"rebuild", "make the state of every item, and every figure, again from what happened",
                   "The ledger is the truth; items and commitments are folded from it. Metrics are computed "
                   "from answers\n"
                   "and the history of the relationship, with the plugins of the configuration. --check "
                   "changes nothing and exits\n"
                   "with 1 when they differ; without it they become what the ledger says. "
                   "Messages are never made again.",
                   "candour rebuild --check\ncandour rebuild --yes"});
    fold.group(kProofGroup);
    auto* look = fold.add_flag("--check", options->check, "only say what differs");
    fold.add_flag("--yes", options->yes, "really write")->excludes(look);
    run_by(fold, line, [&line, options] { return rebuild(line, options->check, options->yes); });
}

}  // namespace candour::app::cli
