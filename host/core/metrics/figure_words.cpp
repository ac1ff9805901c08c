#include "core/metrics/figure_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace candour::core {
namespace {

using Words = std::pair<std::string_view, std::string_view>;

constexpr std::array kFigureWords{
    Words{"account_mean", "mean of the accounts"},
    Words{"level", "one level only"},
    Words{"level_balanced", "every level counts alike"},
    Words{"rate", "of everybody asked"},
    Words{"floor_to_ceiling", "from what is known to what is possible"},
    Words{"no_data", "nothing to count"},
    Words{"insufficient_n", "too few to say"},
    Words{"suppressed", "too few to show without naming people"},
    Words{"not_reached", "fewer than half have come so far"},
    Words{"no_executive_mapped", "no executive is known"},
    Words{"too_few_items", "too few items"},
    Words{"too_few_components", "too few parts are known"},
    Words{"suspended", "taken out of service"},
    Words{"not_computed", "being computed for the first time"},
};

}  // namespace

std::string figure_words(std::string_view name) {
    for (const auto& [known, words] : kFigureWords)
        if (known == name) return std::string(words);
    std::string spaced(name);
    std::replace(spaced.begin(), spaced.end(), '_', ' ');
    return spaced;
}

}  // namespace candour::core
