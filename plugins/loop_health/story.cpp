#include "story.hpp"

#include <string>

namespace candour::loop_health {
namespace {

/// The first value of a row, as schemas/json/views.json numbers them.
enum What : std::int64_t {
    kRaisedRow,
    kHeardRow,
    kDecidedRow,
    kChangedRow,
    kToldRow,
    kVisiblyClosedRow,
    kReopenedRow,
    kDismissedRow,
    kAbandonedRow,
    kBouncedRow,
    kDueRow,
    kPromisedRow,
    kPromiseKeptRow,
    kPromiseBrokenRow
};

/// The movements of so many rounds are fewer than the host takes.
constexpr std::size_t kMostRounds = 60;
constexpr std::int64_t kExecutive = 2;
constexpr std::int64_t kHighestDetractor = 6;

Moment moment_of(const sdk::Row& row) {
    return {row.at_us, row.day};
}

/// What was not reached in this round is reached in no other.
void leave_the_rest(Round& round, Moment when) {
    for (const Stage stage : kStages)
        if (!round.reached[stage] && !round.left[stage]) round.left[stage] = when;
}

void begin(Known& known, const sdk::Row& row) {
    Round round;
    round.raised = round.last_sign = row.day;
    known.rounds.push_back(round);
}

void raise(Known& known, const sdk::Row& row) {
    const std::int64_t score = row.value[1], level = row.value[2];
    known.in_haste = level == kExecutive || (score >= 0 && score <= kHighestDetractor);
    begin(known, row);
}

/// Beyond that it goes on in its last round: who comes back so often is not counted more often.
void reopen(Known& known, const sdk::Row& row) {
    if (known.rounds.size() == kMostRounds) return;
    Round& before = known.rounds.back();
    leave_the_rest(before, moment_of(row));
    before.came_back = row.day;
    begin(known, row);
}

void settle(Known& known, const sdk::Row& row, bool broken) {
    for (Promise& promise : known.promises) {
        if (promise.settled_us) continue;
        promise.settled_us = row.at_us;
        promise.broken = broken;
    }
}

/// Told once more is no news; told at last, after a bounce, is.
void reach(Round& round, Stage stage, const sdk::Row& row) {
    if (!round.reached[stage]) round.reached[stage] = moment_of(row);
}

void decide(Round& round, const sdk::Row& row) {
    reach(round, kDecided, row);
    round.last_sign = row.day;
    const bool refused = row.value[1] == 0;
    if (refused && !round.left[kChanged]) round.left[kChanged] = moment_of(row);
}

/// Of the round that goes on.
void take(Known& known, Round& round, const sdk::Row& row) {
    switch (row.value[0]) {
        case kHeardRow:
            reach(round, kHeard, row);
            round.last_sign = row.day;
            return;
        case kDecidedRow:
            return decide(round, row);
        case kChangedRow:
            reach(round, kChanged, row);
            round.last_sign = row.day;
            return settle(known, row, false);
        case kToldRow:
            return reach(round, kTold, row);
        case kBouncedRow:
            round.reached[kTold].reset();
            return;
        case kVisiblyClosedRow:
            reach(round, kClosed, row);
            round.seen_by = row.value[1];
            return;
        case kDismissedRow:
            round.dismissed = true;
            return leave_the_rest(round, moment_of(row));
        case kAbandonedRow:
            round.given_up = true;
            return settle(known, row, true);
        default:
            return;
    }
}

Done take_due(Round& round, const sdk::Row& row) {
    if (row.value[1] < 0 || row.value[1] >= static_cast<std::int64_t>(round.due.size()))
        return Error{ErrorCode::invalid, "a limit of step " + std::to_string(row.value[1]) +
                                             "; expected 0 hear, 1 decide, 2 change or 3 tell"};
    round.due[static_cast<std::size_t>(row.value[1])] = Moment{row.value[2], row.value[3]};
    return done();
}

Done take(Known& known, const sdk::Row& row) {
    if (row.value[0] == kRaisedRow) {
        raise(known, row);
        return done();
    }
    if (row.value[0] == kPromisedRow) {
        known.promises.push_back({Moment{row.value[2], row.value[3]}, {}, false});
        return done();
    }
    if (row.value[0] == kPromiseKeptRow || row.value[0] == kPromiseBrokenRow) {
        settle(known, row, row.value[0] == kPromiseBrokenRow);
        return done();
    }
    if (known.rounds.empty())
        return Error{ErrorCode::invalid, "an item begins with being raised, found row " +
                                             std::to_string(row.value[0]) + " before that"};
    if (row.value[0] == kReopenedRow) {
        reopen(known, row);
        return done();
    }
    if (row.value[0] == kDueRow) return take_due(known.rounds.back(), row);
    take(known, known.rounds.back(), row);
    return done();
}

}  // namespace

Result<Known> known_by(const sdk::Story& story, std::int64_t day) {
    Known known;
    for (const sdk::Row& row : story.rows) {
        if (row.day > day) break;
        if (Done taken = take(known, row); !taken) return taken.error();
    }
    return known;
}

}  // namespace candour::loop_health
