#include "core/metrics/walk.hpp"

#include <algorithm>

namespace candour::core {

Walk::Walk(std::vector<Fact> rows) : rows_(std::move(rows)) {
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (i + 1 == rows_.size() || rows_[i + 1].day != rows_[i].day) asks_.push_back({i + 1, rows_[i].day});
}

Day Walk::next_row_day(std::size_t rows) const {
    return rows < rows_.size() ? rows_[rows].day : kNoDay;
}

Done Walk::answer(std::span<const std::int64_t> answers, std::size_t width) {
    std::vector<Ask> next;
    for (std::size_t i = 0; i < asks_.size(); ++i) {
        const auto cells = answers.subspan(i * (width + 1), width + 1);
        const Ask& ask = asks_[i];
        const Day until = cells[width];
        if (until <= ask.day)
            return Error{ErrorCode::invalid, "a state as of day " + std::to_string(ask.day) +
                                                 " changes on day " + std::to_string(until) +
                                                 "; expected a later one"};
        steps_.push_back(
            {ask.day, Counts(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(width))});
        if (until != kNoDay && until < next_row_day(ask.rows)) next.push_back({ask.rows, until});
    }
    asks_ = std::move(next);
    const int most = kMostSteps + 2 * static_cast<int>(rows_.size());
    if (++rounds_ > most && !asks_.empty())
        return Error{ErrorCode::invalid, "a state changes by itself more than " + std::to_string(most) +
                                             " times without a new row"};
    return done();
}

std::vector<StateStep> Walk::take() {
    std::ranges::sort(steps_, {}, &StateStep::day);
    std::vector<StateStep> kept;
    for (StateStep& step : steps_) {
        const bool news = kept.empty() ? std::ranges::any_of(step.state, [](auto cell) { return cell != 0; })
                                       : kept.back().state != step.state;
        if (news) kept.push_back(std::move(step));
    }
    return kept;
}

}  // namespace candour::core
