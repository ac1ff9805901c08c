#include "core/relationship/touchpoint.hpp"

#include <charconv>

#include "core/relationship/cells.hpp"

namespace candour::core {
namespace {

constexpr int kLongestMinutes = 7 * 24 * 60;

Result<std::vector<std::string>> addresses(const Cells& cells, const char* column) {
    std::vector<std::string> all;
    std::string rest = lower(cell(cells, column));
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string address = trimmed(std::string_view(rest).substr(0, end));
        rest.erase(0, std::min(end + 1, rest.size()));
        if (address.empty()) continue;
        if (Done sound = check_address(column, address); !sound) return sound.error();
        all.push_back(address);
    }
    return all;
}

/// `2026-03-02` or `2026-03-02 14:30`, with a T or a Z as spreadsheets and calendars like it.
Result<Instant> instant_of(const Cells& cells) {
    const std::string text = cell(cells, "at");
    const Error wrong{ErrorCode::invalid,
                      "at: expected YYYY-MM-DD or YYYY-MM-DD HH:MM (UTC), found \"" + text + "\""};
    const auto day = date_of("at", text.substr(0, 10));
    if (!day) return wrong;
    const Instant midnight{std::chrono::sys_days(*day)};
    if (text.size() == 10) return midnight;
    int hour = -1, minute = -1;
    const bool shaped = text.size() >= 16 && (text[10] == ' ' || text[10] == 'T') && text[13] == ':' &&
                        std::from_chars(text.data() + 11, text.data() + 13, hour).ptr == text.data() + 13 &&
                        std::from_chars(text.data() + 14, text.data() + 16, minute).ptr == text.data() + 16;
    const std::string rest = text.size() > 16 ? text.substr(16) : "";
    const bool ended = rest.empty() || rest == "Z" || rest == ":00" || rest == ":00Z";
    if (!shaped || !ended || hour > 23 || minute > 59) return wrong;
    return midnight + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

Result<TouchpointRow> touchpoint_of(const Cells& cells, int line) {
    TouchpointRow row;
    row.line = line;
    row.ref = cell(cells, "ref");
    row.account_ref = cell(cells, "account_ref");
    for (const char* column : {"ref", "account_ref", "kind"})
        if (Done words = check_words(column, cell(cells, column), kMaxLine); !words) return words.error();
    const auto kind = choice(cells, "kind", kTouchpointKinds, TouchpointKind::meeting);
    if (!kind) return kind.error();
    row.kind = *kind;
    const Result<Instant> at = instant_of(cells);
    if (!at) return at.error();
    row.at = *at;
    const Result<std::int64_t> minutes = whole_amount(cells, "minutes");
    if (!minutes) return minutes.error();
    if (*minutes > kLongestMinutes)
        return Error{ErrorCode::invalid,
                     "minutes: expected at most a week, found " + std::to_string(*minutes)};
    row.minutes = static_cast<int>(std::max<std::int64_t>(0, *minutes));
    Result<std::vector<std::string>> contacts = addresses(cells, "contacts"),
                                     teammates = addresses(cells, "teammates");
    if (!contacts) return contacts.error();
    if (!teammates) return teammates.error();
    row.contacts = std::move(*contacts);
    row.teammates = std::move(*teammates);
    row.topics = cell(cells, "topics");
    return row;
}

}  // namespace

Result<Import<TouchpointRow>> read_touchpoints(const Table& table) {
    static const std::vector<Column> columns{{"ref", true},        {"account_ref", true}, {"kind", true},
                                             {"at", true},         {"minutes", false},    {"contacts", false},
                                             {"teammates", false}, {"topics", false}};
    return read_rows<TouchpointRow>(table, columns, touchpoint_of,
                                    [](const TouchpointRow& row) { return row.ref; });
}

}  // namespace candour::core
