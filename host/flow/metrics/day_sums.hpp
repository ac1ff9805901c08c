/// The sums of all accounts as of one day, kept in memory for whoever asks about the whole portfolio: a
/// database takes a fifth of a second to hand out ten thousand accounts. What the cursor adds is added here
/// as well, so that what is kept stays right without being read again.
#pragma once
#include <array>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>

#include "flow/metrics/metric_store.hpp"

namespace candour::flow {

class DaySums {
 public:
    explicit DaySums(core::Day day) : day_(day) {}

    core::Day day() const { return day_; }
    void add(const std::string& account, int level, const core::Counts& counts);
    /// By level, empty where nothing is known; nullptr: nothing is known of the account.
    const std::array<core::Counts, 3>* find(const std::string& account) const;

 private:
    core::Day day_;
    std::unordered_map<std::string, std::array<core::Counts, 3>> accounts_;
};

/// Of the io thread.
class SumsShelf {
 public:
    /// nullptr: not kept, or of another position.
    std::shared_ptr<const DaySums> find(const MetricKey& key, core::Day day, Position at) const;
    void keep(const MetricKey& key, Position at, std::shared_ptr<DaySums> sums);
    /// The cursor went from one position to another by these differences.
    void follow(const MetricKey& key, Position from, Position to, const core::Deltas& deltas);

 private:
    struct Kept {
        Position at;
        std::shared_ptr<DaySums> sums;
        std::int64_t used = 0;
    };
    using Name = std::tuple<std::string, std::int64_t, core::Day>;
    void make_room();

    std::map<Name, Kept> kept_;
    std::int64_t uses_ = 0;
};

}  // namespace candour::flow
