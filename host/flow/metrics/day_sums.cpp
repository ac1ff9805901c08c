#include "flow/metrics/day_sums.hpp"

#include <algorithm>

namespace candour::flow {
namespace {

/// Two metrics with eight quarters each; ten thousand accounts take some megabytes per day.
constexpr std::size_t kDays = 40;

}  // namespace

void DaySums::add(const std::string& account, int level, const core::Counts& counts) {
    core::Counts& into = accounts_[account][static_cast<std::size_t>(level)];
    if (into.size() < counts.size()) into.resize(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) into[i] += counts[i];
}

const std::array<core::Counts, 3>* DaySums::find(const std::string& account) const {
    const auto found = accounts_.find(account);
    return found == accounts_.end() ? nullptr : &found->second;
}

std::shared_ptr<const DaySums> SumsShelf::find(const MetricKey& key, core::Day day, Position at) const {
    const auto found = kept_.find({key.metric, key.state_version, day});
    if (found == kept_.end() || found->second.at != at) return nullptr;
    return found->second.sums;
}

void SumsShelf::keep(const MetricKey& key, Position at, std::shared_ptr<DaySums> sums) {
    const core::Day day = sums->day();
    kept_[{key.metric, key.state_version, day}] = {at, std::move(sums), ++uses_};
    make_room();
}

void SumsShelf::make_room() {
    while (kept_.size() > kDays) {
        const auto oldest =
            std::ranges::min_element(kept_, {}, [](const auto& entry) { return entry.second.used; });
        kept_.erase(oldest);
    }
}

void SumsShelf::follow(const MetricKey& key, Position from, Position to, const core::Deltas& deltas) {
    for (auto& [name, kept] : kept_) {
        const auto& [metric, version, day] = name;
        if (metric != key.metric || version != key.state_version || kept.at != from) continue;
        for (const auto& [cell, counts] : deltas)
            if (cell.day <= day) kept.sums->add(cell.account, cell.level, counts);
        kept.at = to;
    }
}

}  // namespace candour::flow
