#include "core/loop/pace.hpp"

#include <algorithm>
#include <map>

namespace candour::core {
namespace {

using Stays = std::map<State, std::vector<std::chrono::microseconds>>;

void add_stay(Stays& stays, State state, Instant from, Instant to) {
    if (happened(from) && happened(to) && to >= from) stays[state].push_back(to - from);
}

std::chrono::microseconds median_of(std::vector<std::chrono::microseconds> stays) {
    const auto middle = stays.begin() + static_cast<std::ptrdiff_t>(stays.size() / 2);
    std::nth_element(stays.begin(), middle, stays.end());
    if (stays.size() % 2 == 1) return *middle;
    return (*middle + *std::max_element(stays.begin(), middle)) / 2;
}

}  // namespace

std::vector<Pace> paces_of(std::span<const Course> courses) {
    Stays stays;
    for (const Course& one : courses) {
        add_stay(stays, State::raised, one.raised, one.heard);
        add_stay(stays, State::heard, one.heard, one.decided);
        add_stay(stays, State::decided, one.decided, one.will_change ? one.changed : one.told);
        add_stay(stays, State::changed, one.changed, one.told);
        add_stay(stays, State::told, one.told, one.closed);
    }
    std::vector<Pace> paces;
    for (auto& [state, all] : stays)
        paces.push_back({state, static_cast<std::int64_t>(all.size()), median_of(std::move(all))});
    return paces;
}

}  // namespace candour::core
