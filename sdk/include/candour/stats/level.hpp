/// Where in the customer's house a contact stands.
#ifndef CANDOUR_STATS_LEVEL_HPP
#define CANDOUR_STATS_LEVEL_HPP
#include <vector>

#include "candour/stats/figure.hpp"

namespace candour::stats {

/// Lowest first, so that a greater level is a higher one.
enum class Level : std::uint8_t { operational, managerial, executive };
inline constexpr std::array kLevels{Level::operational, Level::managerial, Level::executive};

constexpr std::string_view to_text(Level level) {
    constexpr std::array<std::string_view, 3> names{"operational", "managerial", "executive"};
    return names[static_cast<std::size_t>(level)];
}

inline Result<Level> level_of(std::string_view text) {
    for (const Level level : kLevels)
        if (to_text(level) == text) return level;
    return Error{ErrorCode::invalid,
                 "level: expected operational, managerial or executive, found \"" + std::string(text) + "\""};
}

/// One of something per level.
template <class T>
struct ByLevel {
    std::array<T, 3> of{};
    constexpr T& operator[](Level level) { return of[static_cast<std::size_t>(level)]; }
    constexpr const T& operator[](Level level) const { return of[static_cast<std::size_t>(level)]; }
    friend constexpr bool operator==(const ByLevel&, const ByLevel&) = default;
};

/// A set of levels.
class Levels {
 public:
    constexpr Levels() = default;
    constexpr Levels(std::initializer_list<Level> levels) {
        for (const Level level : levels) add(level);
    }
    constexpr void add(Level level) { present_[level] = true; }
    constexpr bool contains(Level level) const { return present_[level]; }
    constexpr int size() const { return present_.of[0] + present_.of[1] + present_.of[2]; }
    constexpr bool above_operational() const {
        return contains(Level::managerial) || contains(Level::executive);
    }
    /// Lowest first.
    std::vector<Level> list() const { return those(true); }
    std::vector<Level> missing() const { return those(false); }
    friend constexpr bool operator==(const Levels&, const Levels&) = default;

 private:
    std::vector<Level> those(bool present) const {
        std::vector<Level> found;
        for (const Level level : kLevels)
            if (contains(level) == present) found.push_back(level);
        return found;
    }

    ByLevel<bool> present_;
};

}  // namespace candour::stats
#endif
