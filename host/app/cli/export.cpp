#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <system_error>

#include "app/cli/commands.hpp"
#include "app/cli/item_filters.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct Export {
    std::string what, format = "csv", output = "-";
    bool excel = false;
    ItemFilter items;
    std::map<std::string, std::string> asked;  ///< what the other kinds are narrowed down by

    std::string target() const {
        std::string text = "/api/v1/exports/" + what + "?format=" + format + items.query();
        for (const auto& [name, value] : asked)
            if (!value.empty()) text += "&" + name + "=" + http::percent_encode(value);
        return excel ? text + "&excel=true" : text;
    }
};

/// What comes in goes to standard output, or beside the file that it becomes when all of it is there.
class Destination {
 public:
    explicit Destination(std::string name)
        : name_(std::move(name)), beside_(name_ + ".part"), handle_(STDOUT_FILENO) {
        if (name_ != "-")
            handle_ = open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
        failed_ = handle_ < 0 ? errno : 0;
    }
    ~Destination() {
        if (name_ == "-" || handle_ < 0) return;
        close(handle_);
        unlink(beside_.c_str());  // nothing, when it became the file
    }
    Destination(const Destination&) = delete;
    Destination& operator=(const Destination&) = delete;

    bool take(std::string_view piece) {
        while (failed_ == 0 && !piece.empty()) {
            const ssize_t count = write(handle_, piece.data(), piece.size());
            if (count < 0 && errno != EINTR) failed_ = errno;
            if (count > 0) piece.remove_prefix(static_cast<std::size_t>(count));
        }
        return failed_ == 0;
    }
    Done finish() {
        if (failed_ == 0 && name_ != "-" &&
            (fsync(handle_) != 0 || rename(beside_.c_str(), name_.c_str()) != 0))
            failed_ = errno;
        return standing();
    }
    Done standing() const {
        if (failed_ == 0) return done();
        return Error{ErrorCode::invalid,
                     (name_ == "-" ? "standard output" : name_) +
                         ": cannot be written: " + std::system_category().message(failed_)};
    }

 private:
    std::string name_, beside_;
    int handle_;
    int failed_ = 0;
};

/// Lines so far, on a terminal that is not what they are written to. A line end inside quotes is none.
class Counter {
 public:
    Counter(bool csv, bool shown)
        : csv_(csv), shown_(shown && isatty(STDERR_FILENO) == 1), lines_(csv ? -1 : 0) {}
    ~Counter() {
        if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    }
    Counter(const Counter&) = delete;
    Counter& operator=(const Counter&) = delete;

    void take(std::string_view piece) {
        for (const char c : piece) {
            if (csv_ && c == '"') quoted_ = !quoted_;
            if (c == '\n' && !quoted_) ++lines_;
        }
        if (shown_) std::cerr << "\r" << text() << std::flush;
    }
    std::string text() const {
        return std::to_string(std::max<std::int64_t>(0, lines_)) + (lines_ == 1 ? " line" : " lines");
    }

 private:
    bool csv_, shown_, quoted_ = false;
    std::int64_t lines_;  ///< without the names of the columns
};

int run_export(const Line& line, const Export& wanted) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        Destination destination(wanted.output);
        if (Done open = destination.standing(); !open) return open.error();
        Counter counter(wanted.format == "csv", wanted.output != "-");
        const http::PieceTaker take = [&](std::string_view piece) {
            counter.take(piece);
            return destination.take(piece);
        };
        http::ClientRequest request;
        request.target = wanted.target();
        request.headers.push_back({"Accept", "*/*"});
        const Result<http::ClientAnswer> answer = api.listen(request, take);
        if (!answer) return answer.error();
        if (!answer->ok()) return value_of_answer(*answer).error();
        if (Done written = destination.standing(); !written) return written.error();
        if (!answer->complete)
            return Error{ErrorCode::unavailable,
                         "the export broke off after " + counter.text() + "; what came so far is not all" +
                             (wanted.output == "-" ? "" : ", and nothing was written to " + wanted.output)};
        if (Done finished = destination.finish(); !finished) return finished.error();
        if (wanted.output != "-") std::cerr << "Wrote " << counter.text() << " to " << wanted.output << ".\n";
        return int{kOk};
    });
}

struct Filter {
    const char* option;
    const char* name;
    const char* description;
    const char* type;
};

struct Kind {
    Lesson lesson;
    std::vector<Filter> filters;
};

const std::vector<Kind>& kinds() {
    static const Filter kAccount{"--account", "account", "only those of one customer", "ID"},
        kSince{"--since", "since", "from this day or instant on (UTC)", "WHEN"},
        kUntil{"--until", "until", "and before this one", "WHEN"},
        kName{"--search", "q", "whose name begins like this", "TEXT"};
    static const std::vector<Kind> all{
        {{"items", "items with words, statements, notes, proof and promises",
          "Which ones: the options of candour item list. In CSV an item is a line with what was said last in "
          "its round;\nJSON Lines have every round.",
          "candour export items --since 2026-01-01 --output items.csv --excel\n"
          "candour export items --format jsonl | jq -r 'select(.state == \"told\") | .alias'"},
         {}},
        {{"answers", "every answer as it came in",
          "Scores and words of surveys, mails, imports; also those that were counted nowhere (class "
          "likely_bot).",
          "candour export answers --source relationship_nps --output answers.csv"},
         {kAccount,
          {"--contact", "contact", "only those of one person", "ID"},
          {"--source", "source", "the plugin that brought them", "PLUGIN"},
          {"--kind", "kind", "such as survey.answer", "KIND"},
          kSince,
          kUntil}},
        {{"contacts", "people", "Without those who were merged or erased.",
          "candour export contacts --output people.csv"},
         {kAccount, kName}},
        {{"accounts", "customers", "As candour import accounts would take them in.",
          "candour export accounts --output accounts.csv"},
         {kName}},
        {{"promises", "what was promised, and how it stands",
          "Those that deciding about an item made, then those that stand alone.",
          "candour export promises --standing broken --format jsonl"},
         {{"--standing", "standing", "open, kept, late or broken", "STANDING"},
          {"--source", "source", "loop, sales, review, mail, meeting or other", "SOURCE"},
          {"--owner", "owner", "only those of one teammate", "ID"},
          kAccount,
          {"--due-before", "due_before", "only those that are due before then", "WHEN"}}},
        {{"ledgers", "what happened to items: every row of their ledgers, with its hash",
          "Which items: the options of candour item list. What can be checked offline is candour ledger "
          "export ITEM.",
          "candour export ledgers --format jsonl --output ledgers.jsonl"},
         {}}};
    return all;
}

void add_kind(CLI::App& parent, Line& line, const Kind& kind) {
    CLI::App& command = add(parent, kind.lesson);
    auto wanted = std::make_shared<Export>();
    wanted->what = kind.lesson.name;
    command.add_option("--format", wanted->format, "csv, or jsonl: an object a line")
        ->check(CLI::IsMember({"csv", "jsonl"}))
        ->type_name("FORMAT");
    command.add_option("--output", wanted->output, "a file; - is standard output, as when left out")
        ->type_name("FILE");
    command.add_flag("--excel", wanted->excel, "begin CSV with the mark by which Excel knows UTF-8");
    if (wanted->what == "items" || wanted->what == "ledgers") add_item_filters(command, wanted->items);
    for (const Filter& each : kind.filters)
        command.add_option(each.option, wanted->asked[each.name], each.description)->type_name(each.type);
    run_by(command, line, [&line, wanted] { return run_export(line, *wanted); });
}

}  // namespace

void add_export(CLI::App& root, Line& line) {
    CLI::App& command = add(root, {"export", "everything, for spreadsheets and other programs",
                                   "Written as it is read, so that a million lines need no memory. The file "
                                   "has its name when all of it "
                                   "is there.\nCells that a spreadsheet would calculate begin with an "
                                   "apostrophe; JSON Lines hold every "
                                   "word as it was written.",
                                   "candour export items --output items.csv\n"
                                   "candour export answers --format jsonl --output answers.jsonl"});
    command.group(kProofGroup)->require_subcommand(1);
    for (const Kind& kind : kinds()) add_kind(command, line, kind);
}

}  // namespace candour::app::cli
