/// Keeping confidential answers confidential: small groups are not shown, nor what could be subtracted to
/// find them.
#ifndef CANDOUR_STATS_SUPPRESSION_HPP
#define CANDOUR_STATS_SUPPRESSION_HPP
#include <map>
#include <vector>

#include "candour/stats/figure.hpp"

namespace candour::stats {

inline constexpr std::int64_t kGroup = 5;
inline constexpr std::int64_t kCommentGroup = 10;

using GroupSizes = std::map<std::string, std::int64_t, std::less<>>;

struct Suppression {
    std::vector<std::string> hidden;  ///< by key
    bool parent_visible = false;
};

namespace detail {

/// Sibling groups from the smallest, ties by key; empty ones hide nobody.
inline std::vector<std::pair<std::int64_t, std::string>> by_size(const GroupSizes& groups) {
    std::vector<std::pair<std::int64_t, std::string>> sizes;
    for (const auto& [key, size] : groups)
        if (size > 0) sizes.emplace_back(size, key);
    std::ranges::sort(sizes);
    return sizes;
}

}  // namespace detail

/// Which groups of one parent must not be shown.
///
/// Shape:  sizes by key. Groups below k are hidden; while the hidden ones together are below k, the next
/// smallest is
///         hidden too, so that the remainder of the parent says nothing about a few.
/// Errors: invalid when a size is negative or k below 1.
inline Result<Suppression> suppress(const GroupSizes& groups, std::int64_t k = kGroup) {
    if (k < 1) return out_of_range("k", "at least 1", static_cast<double>(k));
    std::int64_t all = 0, hidden = 0;
    for (const auto& [key, size] : groups) {
        if (const Done valid = check_count("group " + key, size); !valid) return valid.error();
        all += size;
    }
    Suppression found;
    for (const auto& [size, key] : detail::by_size(groups)) {
        if (size >= k && (hidden == 0 || hidden >= k)) break;
        found.hidden.push_back(key);
        hidden += size;
    }
    std::ranges::sort(found.hidden);
    found.parent_visible = all >= k;
    return found;
}

/// Whether a filter may be answered: neither those inside nor those outside may be few.
constexpr bool may_filter(std::int64_t inside, std::int64_t parent, std::int64_t k = kGroup) {
    const std::int64_t outside = parent - inside;
    return inside >= k && (outside == 0 || outside >= k);
}

constexpr bool may_show_comments(std::int64_t n) {
    return n >= kCommentGroup;
}

}  // namespace candour::stats
#endif
