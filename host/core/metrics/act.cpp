#include "core/metrics/act.hpp"

#include <charconv>

#include "core/metrics/calendar.hpp"
#include "core/relationship/cells.hpp"

namespace candour::core {
namespace {

Result<ActType> type_in(const Cells& cells) {
    if (const auto type = value_of(kActTypes, lower(cell(cells, "type")))) return *type;
    std::string all;
    for (const auto& [key, name] : kActTypes) all += std::string(all.empty() ? "" : ", ") + std::string(name);
    return Error{ErrorCode::invalid,
                 "type: expected one of " + all + "; found \"" + cell(cells, "type") + "\""};
}

Result<std::optional<int>> stars_in(const Cells& cells) {
    const std::string text = cell(cells, "stars");
    if (text.empty()) return std::optional<int>();
    int stars = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), stars);
    if (failure == std::errc() && end == text.data() + text.size()) return std::optional<int>(stars);
    return Error{ErrorCode::invalid, "stars: expected a whole number from 1 to 5, found \"" + text + "\""};
}

Result<ActRow> act_of(const Cells& cells, int line) {
    ActRow row;
    row.line = line;
    const Result<ActType> type = type_in(cells);
    if (!type) return type.error();
    row.act.type = *type;
    const std::optional<Day> on = read_date(cell(cells, "date"));
    if (!on)
        return Error{ErrorCode::invalid,
                     "date: expected a day as YYYY-MM-DD, found \"" + cell(cells, "date") + "\""};
    row.act.on = *on;
    row.act.contact = lower(cell(cells, "contact"));
    row.act.account_ref = cell(cells, "account_ref");
    const Result<bool> verified = yes_or_no(cells, "verified");
    if (!verified) return verified.error();
    const Result<bool> incentivised = yes_or_no(cells, "incentivised", false);
    if (!incentivised) return incentivised.error();
    const Result<std::optional<int>> stars = stars_in(cells);
    if (!stars) return stars.error();
    row.act.verified = *verified;
    row.act.incentivised = *incentivised;
    row.act.stars = *stars;
    row.act.ref = cell(cells, "ref");
    row.act.note = cell(cells, "note");
    if (Done sound = check_act(row.act); !sound) return sound.error();
    return row;
}

}  // namespace

Done check_act(const AdvocacyAct& act) {
    if (Done words = check_words("contact", act.contact, kMaxLine); !words) return words;
    if (Done text = check_text("ref", act.ref, kMaxLine); !text) return text;
    if (Done text = check_text("note", act.note, kMaxLine); !text) return text;
    if (act.stars && (*act.stars < 1 || *act.stars > 5))
        return Error{ErrorCode::invalid,
                     "stars: expected a whole number from 1 to 5, found " + std::to_string(*act.stars)};
    if (act.stars && act.type != ActType::public_review)
        return Error{ErrorCode::invalid, "stars: only a public_review has them"};
    return done();
}

Result<Import<ActRow>> read_acts(const Table& table) {
    static const std::vector<Column> columns{
        {"contact", true},      {"type", true},      {"date", true},
        {"account_ref", false}, {"verified", false}, {"incentivised", false},
        {"stars", false},       {"ref", false},      {"note", false}};
    return read_rows<ActRow>(table, columns, act_of, [](const ActRow&) { return std::string(); });
}

}  // namespace candour::core
