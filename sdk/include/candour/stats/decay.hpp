/// Forward decay: a fading sum that merges, because each part is weighed once, when it happens.
#ifndef CANDOUR_STATS_DECAY_HPP
#define CANDOUR_STATS_DECAY_HPP
#include "candour/stats/calendar.hpp"

namespace candour::stats {

/// A sum of weights that halve every half-life. Parts with one landmark and half-life add up in any order.
///
/// Source: G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu, ICDE 2009.
class ForwardDecay {
 public:
    ForwardDecay(Day landmark, double half_life_days) : landmark_(landmark), half_life_(half_life_days) {}

    /// Errors: invalid when the weight is not finite, or the day so far from the landmark that a double
    /// overflows: rebase first.
    Done add(Day day, double weight) {
        if (const Done valid = check_positive("half-life", half_life_); !valid) return valid;
        const double scaled = weight * half_life_decay(days_between(day, landmark_), half_life_);
        if (!std::isfinite(scaled))
            return out_of_range("weight", "a finite number within 1000 half-lives of the landmark", scaled);
        sum_ += scaled;
        return done();
    }
    /// Errors: invalid when the other one has another landmark or half-life.
    Done merge(const ForwardDecay& other) {
        if (other.landmark_ != landmark_ || other.half_life_ != half_life_)
            return Error{ErrorCode::invalid,
                         "decay: expected the same landmark and half-life; rebase one of them first"};
        sum_ += other.sum_;
        return done();
    }
    /// Moves the landmark, once a year or so; the value on any day stays.
    void rebase(Day landmark) {
        sum_ *= half_life_decay(days_between(landmark_, landmark), half_life_);
        landmark_ = landmark;
    }
    /// What is left on a day of all that was added; add nothing that is later.
    double value(Day as_of) const {
        return sum_ * half_life_decay(days_between(landmark_, as_of), half_life_);
    }

 private:
    Day landmark_;
    double half_life_;
    double sum_ = 0;
};

}  // namespace candour::stats
#endif
