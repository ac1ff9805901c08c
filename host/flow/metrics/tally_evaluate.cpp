#include <algorithm>

#include "core/metrics/happening.hpp"
#include "flow/metrics/tally_cursor.hpp"

namespace candour::flow {
namespace {

/// abi.h: CDR_MOVEMENT_CELLS.
constexpr std::size_t kMovementCells = 4;

/// The organisation's days; they never fall, as after a change of zone.
void give_days(std::vector<core::Fact>& rows, const DayOf& day_of) {
    core::Day before = 0;
    for (core::Fact& row : rows) {
        row.day = std::max(before, day_of(core::from_us(row.at_us)));
        before = row.day;
        const auto what = static_cast<core::Happening>(row.value[0]);
        if (what == core::Happening::due || what == core::Happening::promised)
            row.value[3] = day_of(core::from_us(row.value[2]));
    }
}

/// Some items as one call.
struct TallyBatch {
    Numbers rows;
    Numbers units;
    std::vector<const TalliedItem*> items;

    void add(const TalliedItem& item) {
        constexpr std::int64_t row_cells = 8;
        units.insert(units.end(), {static_cast<std::int64_t>(rows.size()) / row_cells,
                                   static_cast<std::int64_t>(item.rows.size())});
        for (const core::Fact& row : item.rows) {
            rows.insert(rows.end(), {0, row.day, row.at_us, row.seq});
            rows.insert(rows.end(), row.value.begin(), row.value.end());
        }
        items.push_back(&item);
    }
};

/// The movements of one unit are together, and units come in their order.
Result<std::vector<core::Movements>> by_unit(const TallyBatch& batch, const Numbers& answers) {
    std::vector<core::Movements> said(batch.items.size());
    std::size_t unit = 0;
    for (std::size_t at = 0; at + kMovementCells <= answers.size(); at += kMovementCells) {
        const std::int64_t named = answers[at];
        if (named < static_cast<std::int64_t>(unit) || named >= static_cast<std::int64_t>(batch.items.size()))
            return Error{ErrorCode::invalid, "a movement of unit " + std::to_string(named) +
                                                 "; expected the units in order, each below " +
                                                 std::to_string(batch.items.size())};
        unit = static_cast<std::size_t>(named);
        if (said[unit].size() > core::kMostMovements) continue;  // too many already; settled says so
        said[unit].push_back({answers[at + 1], answers[at + 2], answers[at + 3]});
    }
    for (std::size_t i = 0; i < said.size(); ++i) {
        const std::vector<core::Fact>& rows = batch.items[i]->rows;
        const core::Day first = rows.empty() ? 0 : rows.front().day;
        Result<core::Movements> sound =
            core::settled(std::move(said[i]), first, rows.empty() ? 0 : rows.back().day);
        if (!sound) return sound.error();
        said[i] = std::move(*sound);
    }
    return said;
}

}  // namespace

MetricKey tally_key_of(const MetricInfo& metric) {
    // A metric's own id has no dot in it.
    return {metric.plugin + "." + metric.tallies, metric.state_version, metric.definition_version, 0};
}

Task<Result<std::vector<core::Movements>>> movements_of(Measures& measures, const MetricInfo& metric,
                                                        std::vector<TalliedItem>& items, DayOf day_of) {
    std::vector<core::Movements> all;
    for (std::size_t next = 0; next < items.size();) {
        TallyBatch batch;
        for (; next < items.size() && batch.items.size() < kItemsPerCall; ++next) {
            give_days(items[next].rows, day_of);
            batch.add(items[next]);
        }
        auto asking = measures.movements(metric.id, std::move(batch.rows), std::move(batch.units));
        const Result<Numbers> answers = co_await std::move(asking);
        if (!answers) co_return answers.error();
        Result<std::vector<core::Movements>> said = by_unit(batch, *answers);
        if (!said) co_return said.error();
        all.insert(all.end(), std::make_move_iterator(said->begin()), std::make_move_iterator(said->end()));
    }
    co_return all;
}

}  // namespace candour::flow
