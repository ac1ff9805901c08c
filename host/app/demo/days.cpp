#include "app/demo/days.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "app/cli/output.hpp"
#include "app/cli/wall_clock.hpp"
#include "candour_demo.hpp"
#include "core/relationship/cells.hpp"
#include "edge/csv/reader.hpp"

namespace candour::app::demo {
namespace {

/// `+210` in `{+210}`, which begins at `from`; nothing when no such mark begins there.
std::optional<std::int64_t> mark_at(std::string_view text, std::size_t from, std::size_t& end) {
    end = text.find('}', from);
    if (end == std::string_view::npos || from + 1 >= text.size() ||
        (text[from + 1] != '+' && text[from + 1] != '-'))
        return std::nullopt;
    const char* const last = text.data() + end;
    std::int64_t days = 0;
    const auto [stop, failure] = std::from_chars(text.data() + from + 2, last, days);
    if (failure != std::errc() || stop != last) return std::nullopt;
    return text[from + 1] == '-' ? -days : days;
}

/// The first account of the demo and its renewal date in days, as the file has them.
struct Landmark {
    std::string ref;
    std::int64_t renewal = 0;
};

Result<Landmark> landmark() {
    const Result<core::Table> table = csv::read(texts::accounts_csv);
    if (!table) return table.error();
    Landmark mark;
    for (std::size_t i = 0; i < table->header.size(); ++i) {
        const std::string& cell = table->rows.at(0).cells.at(i);
        std::size_t end = 0;
        if (table->header[i] == "ref") mark.ref = cell;
        if (table->header[i] == "renewal_on") mark.renewal = mark_at(cell, 0, end).value_or(0);
    }
    return mark;
}

}  // namespace

std::string Days::day(std::int64_t from_first) const {
    const std::chrono::year_month_day date{first_ + std::chrono::days(from_first)};
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::string Days::dated(std::string_view text) const {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::size_t end = 0;
        const std::optional<std::int64_t> days = text[at] == '{' ? mark_at(text, at, end) : std::nullopt;
        if (days) {
            out += day(*days);
            at = end;
        } else {
            out += text[at];
        }
    }
    return out;
}

Result<Days> days_of_demo(const cli::Api& api) {
    const Result<Landmark> mark = landmark();
    if (!mark) return mark.error();
    const Result<boost::json::value> accounts = api.get("/api/v1/accounts");
    if (!accounts) return accounts.error();
    for (const boost::json::value& account : cli::list_at(*accounts, "accounts")) {
        if (cli::text_at(account, "ref") != mark->ref) continue;
        const auto renewal = core::date_of("renewal_on", cli::text_at(account, "renewal_on"));
        if (renewal) return Days(std::chrono::sys_days(*renewal) - std::chrono::days(mark->renewal));
    }
    return Days(std::chrono::floor<std::chrono::days>(cli::wall_clock()));
}

}  // namespace candour::app::demo
