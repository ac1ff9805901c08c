#include "app/cli/import_answers.hpp"

#include <unistd.h>

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/csv_pieces.hpp"
#include "app/cli/import_foreign.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"

namespace candour::app::cli {
namespace {

/// Some thousand answers: a few pieces a second.
constexpr std::size_t kPiece = 512 * 1024;

struct AnswersOptions {
    std::string file;
    bool dry_run = false, raise_items = false;
};

/// What the host said to all pieces together, with the lines of the whole file.
struct Tally {
    std::int64_t added = 0, unchanged = 0, raised = 0;
    boost::json::array problems;

    void add(const boost::json::value& report, int skipped) {
        added += number_at(report, "added");
        unchanged += number_at(report, "unchanged");
        raised += number_at(report, "raised");
        for (boost::json::value problem : list_at(report, "problems")) {
            problem.get_object()["line"] = number_at(problem, "line") + skipped;
            problems.push_back(std::move(problem));
        }
    }
};

/// Gone as soon as there is something to read instead.
class Progress {
 public:
    explicit Progress(std::size_t pieces)
        : shown_(pieces > 1 && isatty(STDERR_FILENO) == 1), pieces_(pieces) {}
    ~Progress() {
        if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void at(std::size_t piece) const {
        if (shown_) std::cerr << "\r" << 100 * piece / pieces_ << " % of the file is in" << std::flush;
    }

 private:
    bool shown_;
    std::size_t pieces_;
};

Result<Tally> send(const Api& api, const AnswersOptions& options, const std::string& text) {
    const std::string target = std::string("/api/v1/imports/answers?dry_run=") +
                               (options.dry_run ? "true" : "false") +
                               "&raise_items=" + (options.raise_items ? "true" : "false");
    std::vector<CsvPiece> pieces = csv_pieces(text, kPiece);
    const Progress progress(pieces.size());
    Tally tally;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        progress.at(i);
        const Result<boost::json::value> report =
            api.post_text(target, std::move(pieces[i].text), "text/csv");
        if (!report) return report.error();
        tally.add(*report, pieces[i].skipped);
    }
    return tally;
}

void print(const Tally& tally, bool dry_run) {
    for (const boost::json::value& problem : tally.problems)
        std::cerr << "line " << number_at(problem, "line") << ": " << printable(text_at(problem, "reason"))
                  << "\n";
    std::cout << (dry_run ? "Would be: " : "") << tally.added << " added, " << tally.unchanged
              << " there already";
    if (tally.raised > 0)
        std::cout << ", " << tally.raised << (tally.raised == 1 ? " item raised" : " items raised");
    if (!tally.problems.empty()) std::cout << ", " << tally.problems.size() << " left out (see above)";
    std::cout << ".\n";
}

int import_answers(const Line& line, const AnswersOptions& options) {
    const Result<std::string> text = read_file(options.file);
    if (!text) return fail(text.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<Tally> tally = send(api, options, *text);
        if (!tally) return tally.error();
        if (line.shared.json)
            print_json(boost::json::object{{"added", tally->added},
                                           {"unchanged", tally->unchanged},
                                           {"raised", tally->raised},
                                           {"dry_run", options.dry_run},
                                           {"problems", tally->problems}});
        else
            print(*tally, options.dry_run);
        return int{tally->problems.empty() ? kOk : kFailed};
    });
}

}  // namespace

void add_import_answers(CLI::App& import, Line& line) {
    CLI::App& command = add(
        import, {"answers", "what customers said before Candour was here",
                 "Columns (* required): contact* (e-mail address), date* (YYYY-MM-DD), account_ref (when "
                 "several accounts have\n"
                 "the address), score (0 to 10), comment, declared (0 to 5: how they speak of us when we "
                 "are not there; 5\n"
                 "unprompted, 4 if asked, 3 neutral, 2 with reservations, 1 critical, 0 would not say), "
                 "language, may_quote\n"
                 "(yes, no), key (your own name for the answer). They count in every figure as of their "
                 "day. They are history:\n"
                 "nobody is asked to answer them unless you say --raise-items, and nobody is written to "
                 "in either case.\n"
                 "The same row again changes nothing.\n"
                 "With --from it is a file of another tool, of any length: columns by whatever name, days "
                 "in the zone in which\n"
                 "they were written, each answer once by its own number, nothing raised and nobody "
                 "written to. Needs the scope admin.",
                 "candour import answers --from qualtrics --as relationship.answer answers.csv --dry-run\n"
                 "candour import answers --from csv --mapping mapping.json --unknown create --account A-1 "
                 "old.csv\n"
                 "printf 'contact,date,score,comment\\nada@otter.example,2025-03-31,9,You called "
                 "back.\\n' | candour import "
                 "answers -"});
    auto options = std::make_shared<AnswersOptions>();
    auto foreign = std::make_shared<ForeignFile>();
    command.add_option("FILE", options->file, "a CSV file in UTF-8; - reads standard input")->required();
    command.add_flag("--dry-run", options->dry_run,
                     "say what would happen, and what is wrong; change nothing");
    command.add_flag("--raise-items", options->raise_items,
                     "raise an item for each new answer of 6 or less, or with a comment; due from now on");
    add_foreign_options(command, *foreign);
    run_by(command, line, [&line, options, foreign] {
        if (foreign->from.empty()) return import_answers(line, *options);
        if (options->raise_items) return fail_usage("--raise-items and --from exclude each other");
        foreign->file = options->file;
        foreign->dry_run = options->dry_run;
        return import_foreign(line, *foreign);
    });
}

}  // namespace candour::app::cli
