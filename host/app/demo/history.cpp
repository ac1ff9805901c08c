#include "app/demo/history.hpp"

#include <map>

#include "candour_demo.hpp"
#include "core/relationship/cells.hpp"
#include "edge/csv/reader.hpp"

namespace candour::app::demo {
namespace {

/// Another number is another demo.
constexpr std::uint64_t kSeed = 20;
constexpr int kWaves = 8;
constexpr int kDaysOfAWave = 91;
/// People answer within a month of being asked; the latest wave ended a few days ago.
constexpr int kEnded = 4;
constexpr int kAnswerWithin = 30;

/// FNV-1a: the same on every machine, and good enough to scatter answers over a month.
std::uint64_t scattered(const Voice& voice) {
    std::uint64_t hash = 14695981039346656037ULL ^ kSeed;
    for (const char c : voice.contact + "#" + std::to_string(voice.wave))
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash >> 20U;
}

std::int64_t days_ago(const Voice& voice) {
    return (voice.wave - 1) * kDaysOfAWave + kEnded +
           static_cast<std::int64_t>(scattered(voice) % kAnswerWithin);
}

std::string quoted(const std::string& cell) {
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

using Words = std::map<Voice, std::string>;

Result<Words> read_words() {
    const Result<core::Table> table = csv::read(texts::words_csv);
    if (!table) return table.error();
    Words words;
    for (const core::TableRow& row : table->rows)
        words[{row.cells.at(0), std::stoi(row.cells.at(1))}] = row.cells.at(2);
    return words;
}

std::string line_of(const Days& days, const Voice& voice, const std::string& cell, const std::string& words) {
    const std::size_t slash = cell.find('/');
    const std::string stance = slash == std::string::npos ? "" : cell.substr(slash + 1);
    return "demo-" + std::to_string(voice.wave) + "-" + voice.contact + "," + voice.contact + "," +
           days.day(-days_ago(voice)) + "," + cell.substr(0, slash) + "," + stance + "," + quoted(words) +
           "\n";
}

}  // namespace

Result<std::string> answers_file(const Days& days, const std::set<Voice>& others, Part part) {
    const Result<core::Table> waves = csv::read(texts::waves_csv);
    if (!waves) return waves.error();
    const Result<Words> words = read_words();
    if (!words) return words.error();
    std::string file = "key,contact,date,score,declared,comment\n";
    for (const core::TableRow& row : waves->rows)
        for (int column = 1; column <= kWaves; ++column) {
            const Voice voice{row.cells.at(0), kWaves + 1 - column};
            const std::string& cell = row.cells.at(static_cast<std::size_t>(column));
            if (cell.empty() || others.contains(voice) != (part == Part::only)) continue;
            const auto said = words->find(voice);
            file += line_of(days, voice, cell, said == words->end() ? "" : said->second);
        }
    return file;
}

}  // namespace candour::app::demo
