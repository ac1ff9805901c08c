#include "app/cli/import_foreign.hpp"

#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "crypto/base64.hpp"

namespace candour::app::cli {
namespace {

constexpr std::size_t kForeignPiece = 1024 * 1024;
/// Refused rows that --json lists; all of them are counted.
constexpr std::size_t kListedRows = 10'000;

/// A file of any length, a piece at a time; - is standard input.
class PieceReader {
 public:
    explicit PieceReader(const std::string& name) : name_(name) {
        if (name == "-") return;
        file_.open(name, std::ios::binary);
        std::error_code unknown;
        size_ = std::filesystem::file_size(name, unknown);
        if (unknown) size_ = 0;
    }
    Done standing() const {
        if (name_ == "-" || file_) return done();
        return Error{ErrorCode::not_found, name_ + ": cannot be read"};
    }
    /// What was not consumed yet, filled up to a piece.
    const std::string& fill() {
        std::istream& in = name_ == "-" ? std::cin : file_;
        const std::size_t kept = piece_.size();
        piece_.resize(kForeignPiece);
        in.read(piece_.data() + kept, static_cast<std::streamsize>(kForeignPiece - kept));
        piece_.resize(kept + static_cast<std::size_t>(in.gcount()));
        return piece_;
    }
    bool is_last() {
        std::istream& in = name_ == "-" ? std::cin : file_;
        return in.peek() == std::istream::traits_type::eof();
    }
    void consume(std::size_t bytes) {
        offset_ += bytes;
        piece_.erase(0, bytes);
    }
    std::uint64_t offset() const { return offset_; }
    std::uint64_t size() const { return size_; }  ///< 0: nobody knows

 private:
    std::string name_, piece_;
    std::ifstream file_;
    std::uint64_t offset_ = 0, size_ = 0;
};

/// What the host said to all pieces together.
struct ForeignTally {
    std::int64_t rows = 0, fresh = 0, known = 0, anonymous = 0, created = 0, people = 0, refused = 0;
    boost::json::array refused_rows, notes;

    void add(const boost::json::value& report, bool aloud) {
        rows += number_at(report, "rows");
        fresh += number_at(report, "new");
        known += number_at(report, "known");
        anonymous += number_at(report, "anonymous");
        created += number_at(report, "contacts_created");
        people += number_at(report, "people");
        refused += number_at(report, "refused");
        for (const boost::json::value& row : list_at(report, "refused_rows")) {
            if (aloud)
                std::cerr << "row " << number_at(row, "row") << ": " << on_one_line(text_at(row, "why"))
                          << "\n";
            if (refused_rows.size() < kListedRows) refused_rows.push_back(row);
        }
        for (const boost::json::value& note : list_at(report, "notes")) {
            if (std::ranges::find(notes, note) != notes.end()) continue;
            notes.push_back(note);
            if (aloud && note.is_string()) std::cerr << "note: " << on_one_line(note.get_string()) << "\n";
        }
    }
};

/// How far it is, on a terminal; gone as soon as there is something to read instead.
class ForeignProgress {
 public:
    ForeignProgress() : shown_(isatty(STDERR_FILENO) == 1) {}
    ~ForeignProgress() { clear(); }
    ForeignProgress(const ForeignProgress&) = delete;
    ForeignProgress& operator=(const ForeignProgress&) = delete;
    void at(std::int64_t rows, std::uint64_t offset, std::uint64_t size) const {
        if (!shown_) return;
        std::cerr << "\r\x1b[K" << rows << " rows";
        if (size > 0) std::cerr << ", " << 100 * offset / size << " % of the file";
        std::cerr << std::flush;
    }
    void clear() const {
        if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    }

 private:
    bool shown_;
};

void set_text(boost::json::object& options, const char* name, const std::string& text) {
    if (!text.empty()) options[name] = text;
}

/// The mapping file, overruled by what was typed.
Result<boost::json::object> foreign_options(const ForeignFile& wish) {
    boost::json::object options;
    if (!wish.mapping.empty()) {
        const Result<std::string> text = read_file(wish.mapping);
        if (!text) return text.error();
        boost::json::error_code ec;
        boost::json::value document = boost::json::parse(*text, ec);
        if (ec || !document.is_object())
            return Error{ErrorCode::invalid, wish.mapping +
                                                 ": expected a JSON object such as {\"columns\": {\"score\": "
                                                 "\"Q3\"}}" +
                                                 (ec ? ": " + ec.message() : std::string())};
        options = std::move(document.get_object());
    }
    set_text(options, "survey", wish.survey);
    set_text(options, "as", wish.as);
    set_text(options, "zone", wish.zone);
    set_text(options, "dates",
             wish.dates == "day-first" ? "day_first"
             : wish.dates.empty()      ? ""
                                       : "month_first");
    if (wish.partial) options["partial"] = true;
    for (const auto& [role, column] :
         {std::pair{"score", &wish.score}, std::pair{"comment", &wish.comment}}) {
        if (column->empty()) continue;
        boost::json::value& columns = options["columns"];
        if (!columns.is_object()) columns = boost::json::object();
        columns.get_object()[role] =
            *column == "none" ? boost::json::value(nullptr) : boost::json::value(*column);
    }
    return options;
}

Error with_what_stays(const Error& error, const ForeignTally& tally, bool dry_run) {
    if (tally.rows == 0 || dry_run) return error;
    return Error{error.code,
                 error.message + "\n" + std::to_string(tally.rows) +
                     " rows before it are in. Type the same command again: what is in stays as it is."};
}

Done send_pieces(const Api& api, const ForeignFile& wish, const std::string& format, const std::string& file,
                 const boost::json::object& options, bool aloud, ForeignTally& tally) {
    PieceReader reader(file);
    if (Done standing = reader.standing(); !standing) return standing;
    boost::json::value state;
    const std::string target = "/api/v1/plugins/imports/imports/" + format;
    const ForeignProgress progress;
    for (bool last = false; !last;) {
        const std::string& piece = reader.fill();
        last = reader.is_last();
        boost::json::object body{
            {"name", file == "-" ? "file" : std::filesystem::path(file).filename().string()},
            {"offset", reader.offset()},
            {"last", last},
            {"content", crypto::to_base64(piece)},
            {"dry_run", wish.dry_run},
            {"unknown", wish.unknown},
            {"account", wish.account}};
        body["state"] = std::move(state);
        body["options"] = options;
        const Result<boost::json::value> report = api.post(target, body);
        progress.clear();
        if (!report) return with_what_stays(report.error(), tally, wish.dry_run);
        tally.add(*report, aloud);
        state = at(*report, "state");
        const auto consumed = static_cast<std::size_t>(number_at(*report, "consumed"));
        if (consumed > piece.size() || (consumed == 0 && !last))
            return Error{ErrorCode::corrupt, "the host consumed " + std::to_string(consumed) + " of " +
                                                 std::to_string(piece.size()) + " bytes"};
        reader.consume(consumed);
        progress.at(tally.rows, reader.offset(), reader.size());
    }
    return done();
}

void print_tally(const ForeignTally& tally, bool dry_run) {
    std::cout << (dry_run ? "Would be: " : "") << tally.rows << " rows read: " << tally.fresh
              << " new answers";
    if (tally.anonymous > 0) std::cout << " (" << tally.anonymous << " without a contact)";
    std::cout << ", " << tally.known << " there already, " << tally.refused << " refused";
    if (tally.refused > 0) std::cout << " (see above)";
    if (tally.created > 0) std::cout << "; " << tally.created << " contacts created";
    if (tally.people > 0) std::cout << "; " << tally.people << " people known by their other names";
    std::cout << ".\n";
}

void print_tally_json(const ForeignTally& tally, bool dry_run) {
    print_json(boost::json::object{{"rows", tally.rows},
                                   {"new", tally.fresh},
                                   {"known", tally.known},
                                   {"anonymous", tally.anonymous},
                                   {"contacts_created", tally.created},
                                   {"people", tally.people},
                                   {"refused", tally.refused},
                                   {"refused_rows", tally.refused_rows},
                                   {"notes", tally.notes},
                                   {"dry_run", dry_run}});
}

/// For people only: whose names they are, and of which survey.
boost::json::object options_of_people(const ForeignFile& wish, const boost::json::object& options) {
    boost::json::object narrow{{"from", wish.from}};
    if (options.contains("survey")) narrow["survey"] = options.at("survey");
    return narrow;
}

}  // namespace

void add_foreign_options(CLI::App& command, ForeignFile& wish) {
    constexpr const char* group = "With --from";
    command
        .add_option(
            "--from", wish.from,
            "delighted, surveymonkey, qualtrics, formbricks, limesurvey, candour, or csv for any columns")
        ->check(CLI::IsMember(
            {"delighted", "surveymonkey", "qualtrics", "formbricks", "limesurvey", "candour", "csv"}))
        ->type_name("TOOL");
    const auto text = [&](const char* name, std::string& into, const char* description, const char* type) {
        return command.add_option(name, into, description)->type_name(type)->group(group);
    };
    text("--survey", wish.survey, "its name; for limesurvey and csv it must be said", "NAME");
    text("--as", wish.as, "relationship.answer when it was Relationship NPS; else survey.answer", "STREAM")
        ->check(CLI::IsMember({"survey.answer", "relationship.answer"}));
    text("--zone", wish.zone, "of times that name none, such as Europe/Berlin; else your organisation's",
         "ZONE");
    text("--dates", wish.dates, "what 03/04/2025 begins with: day-first or month-first", "ORDER")
        ->check(CLI::IsMember({"day-first", "month-first"}));
    text("--score", wish.score, "the column with the score from 0 to 10; none: there is no such column",
         "COLUMN");
    text("--comment", wish.comment, "the column with the words", "COLUMN");
    text("--mapping", wish.mapping, "a JSON file that says what the columns hold", "FILE");
    text("--people", wish.people, "CSV with id (or token) and email: who stands behind ids without addresses",
         "FILE");
    text("--unknown", wish.unknown,
         "people who are no contacts: refuse their rows, keep them anonymous, or create", "WHAT")
        ->check(CLI::IsMember({"refuse", "keep", "create"}));
    text("--account", wish.account, "with --unknown create: the account's ref, where a row names none",
         "REF");
    command.add_flag("--partial", wish.partial, "also answers that were not finished")->group(group);
}

int import_foreign(const Line& line, const ForeignFile& wish) {
    const Result<boost::json::object> options = foreign_options(wish);
    if (!options) return fail(options.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        ForeignTally tally;
        const bool aloud = !line.shared.json;
        if (!wish.people.empty()) {
            const Done people = send_pieces(api, wish, "people", wish.people,
                                            options_of_people(wish, *options), aloud, tally);
            if (!people) return people.error();
            tally.rows = 0;  // those of the answers count
        }
        const Done sent = send_pieces(api, wish, wish.from, wish.file, *options, aloud, tally);
        if (!sent) return sent.error();
        aloud ? print_tally(tally, wish.dry_run) : print_tally_json(tally, wish.dry_run);
        return int{tally.refused == 0 ? kOk : kFailed};
    });
}

}  // namespace candour::app::cli
