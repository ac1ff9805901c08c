#include "edge/store/metric_rows.hpp"

#include "candour_queries.hpp"

namespace candour::store {
namespace {

constexpr std::array<const char*, kCells> kNames{"s0", "s1", "s2",  "s3",  "s4",  "s5",  "s6",  "s7",
                                                 "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15"};

}  // namespace

void CellColumns::into(Call& call) {
    for (long long& cell : cells_) call.into(cell);
}

core::Counts CellColumns::state(std::size_t width) const {
    return core::Counts(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(width));
}

std::vector<const char*> with_cells(std::vector<const char*> columns) {
    columns.insert(columns.end(), kNames.begin(), kNames.end());
    return columns;
}

void append_cells(std::vector<std::string>& row, const core::Counts& state) {
    for (std::size_t i = 0; i < kCells; ++i) row.push_back(i < state.size() ? std::to_string(state[i]) : "0");
}

void write_deltas(Session& session, const std::string& metric, const core::Deltas& deltas) {
    Bulk rows(sql::metrics::add_deltas, with_cells({"metric", "account_id", "level", "day", "shard"}));
    for (const auto& [cell, state] : deltas) {
        std::vector<std::string> row{metric, cell.account, std::to_string(cell.level),
                                     std::to_string(cell.day), std::to_string(kCursorShard)};
        append_cells(row, state);
        rows.row(std::move(row));
    }
    rows.run(session);
}

void write_snapshots(Session& session, const std::string& metric, const core::Snapshots& snapshots) {
    Bulk rows(sql::metrics::add_to_snapshots, with_cells({"metric", "month_start", "account_id", "level"}));
    for (const auto& [cell, state] : snapshots) {
        std::vector<std::string> row{metric, std::to_string(cell.day), cell.account,
                                     std::to_string(cell.level)};
        append_cells(row, state);
        rows.row(std::move(row));
    }
    rows.run(session);
}

}  // namespace candour::store
