/// Rows of the metric tables as values.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "core/metrics/timeline.hpp"
#include "edge/store/list_text.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

/// The widest state that a manifest may ask for.
inline constexpr std::size_t kCells = 16;
/// This host writes every metric through one cursor.
inline constexpr int kCursorShard = 0;

/// The columns s0 to s15 of a result.
class CellColumns {
 public:
    void into(Call& call);
    core::Counts state(std::size_t width) const;

 private:
    std::array<long long, kCells> cells_{};
};

/// Names of s0 to s15 behind these columns, for a Bulk.
std::vector<const char*> with_cells(std::vector<const char*> columns);
void append_cells(std::vector<std::string>& row, const core::Counts& state);

void write_deltas(Session& session, const std::string& metric, const core::Deltas& deltas);
void write_snapshots(Session& session, const std::string& metric, const core::Snapshots& snapshots);

}  // namespace candour::store
