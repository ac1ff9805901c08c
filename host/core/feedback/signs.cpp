#include "core/feedback/signs.hpp"

#include <set>

namespace candour::core {
namespace {

bool close_to(Instant at, Instant moment) {
    return at >= moment - kBurst && at <= moment + kBurst;
}

}  // namespace

bool tried_many_scores(std::span<const Opening> openings, Instant page_at, Instant now, int score) {
    std::set<int> opened, sent;
    if (score >= 0) sent.insert(score);
    for (const Opening& opening : openings) {
        if (opening.score < 0) continue;
        if (opening.sent && close_to(opening.at, now)) sent.insert(opening.score);
        if (!opening.sent && close_to(opening.at, page_at)) opened.insert(opening.score);
    }
    return opened.size() > 1 || sent.size() > 1;
}

bool fell_into_trap(std::span<const Opening> openings, Instant page_at) {
    for (const Opening& opening : openings)
        if (opening.trap && opening.at >= page_at - kBurst) return true;
    return false;
}

}  // namespace candour::core
