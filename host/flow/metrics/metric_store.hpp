/// What metrics keep: facts by contact, timelines, differences, snapshots, and the cursors that say how far
/// all that goes.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "core/metrics/timeline.hpp"
#include "core/relationship/people.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// How far somebody has read: numbers of observations, and of rows of the relationship's history.
struct Position {
    std::int64_t seq = 0;
    std::int64_t history = 0;
    friend bool operator==(const Position&, const Position&) = default;
};

/// A metric's identity: another state version means another metric, computed from the beginning.
struct MetricKey {
    std::string metric;
    std::int64_t state_version = 1;
    std::string definition_version;
    std::size_t width = 0;
};

struct Lease {
    std::string owner;
    core::Instant until;
};

/// Where following row by row would evaluate the same contacts again and again, a cursor goes over all
/// contacts once, in order of their ids, and evaluates each with all that came up to `to`. The cursor stays
/// where it was until the last one.
struct Sweep {
    Position to;
    std::string after;  ///< the last contact that is done
    bool on() const { return to != Position{}; }
    friend bool operator==(const Sweep&, const Sweep&) = default;
};

/// A cursor in somebody's hands; the epoch tells this holder from a later one.
struct Cursor {
    MetricKey key;
    Position at;
    core::Day snapshots_through = 0;
    std::int64_t epoch = 0;
    Sweep sweep;
};

struct HeldUnit {
    std::int64_t due_us = 0;
    std::string contact;
    friend auto operator<=>(const HeldUnit&, const HeldUnit&) = default;
};

/// The contacts of whom something new arrived between a cursor's place and `to`.
struct Touched {
    std::vector<std::string> contacts;
    std::vector<HeldUnit> due;  ///< held answers whose time has come
    Position to;
    Position facts_to;  ///< their rows count up to here: `to`, or further while a sweep is under way
    Sweep sweep;        ///< what is left of it
};

struct StoredUnit {
    core::Unit unit;         ///< account: where the contact belongs now; empty: nobody knows the contact
    std::string counted_at;  ///< the account of the stored timeline
    core::Timeline timeline;
};

struct NewTimeline {
    std::string contact;
    std::string account;
    core::Timeline timeline;
};

/// One step of a cursor: all of it is written, or none.
struct MetricStep {
    Position to;
    Sweep sweep;
    std::vector<NewTimeline> timelines;
    core::Deltas deltas;
    std::vector<HeldUnit> released;
    std::vector<HeldUnit> held;
    core::Day this_month = 0;  ///< snapshots are kept up to this month's first day
};

/// What is true of an account, by day.
struct AccountHistory {
    AccountId id;
    std::string ref;
    std::string name;
    std::vector<std::pair<core::Day, std::string>> segments, owners, revenues;
};

/// The sums of one account and level on some days.
struct LevelSums {
    std::string account;
    int level = 0;
    std::vector<core::Counts> by_day;
};
struct Sums {
    Position at;
    std::vector<LevelSums> groups;
};

class MetricStore {
 public:
    virtual ~MetricStore() = default;

    /// The newest numbers that are committed.
    virtual Task<Result<Position>> newest() = 0;
    /// Up to here nothing will appear any more between what is there.
    virtual Task<Result<Position>> horizon() = 0;

    /// Copies observations up to `horizon` into the facts, at most one batch; nothing while another host
    /// does. Returns how far the facts go.
    virtual Task<Result<Position>> project(Lease lease, Position horizon, core::Instant now) = 0;

    /// Takes the cursor; a new metric, or one with another state version, starts from nothing.
    /// Errors: conflict while another host has it.
    virtual Task<Result<Cursor>> take(MetricKey key, Lease lease, core::Instant now) = 0;
    virtual Task<Result<Touched>> touched(Cursor cursor, Position horizon, core::Instant now, int limit) = 0;
    virtual Task<Result<std::vector<StoredUnit>>> units(MetricKey key, std::vector<std::string> contacts,
                                                        Position through) = 0;
    /// Errors: conflict when the cursor is no longer where this holder left it; nothing is written then.
    virtual Task<Result<Cursor>> commit(Cursor cursor, MetricStep step) = 0;
    /// Throws all that was computed away; the next `take` starts from nothing.
    virtual Task<Done> restart(MetricKey key) = 0;

    /// Where the metric's figures stand. Errors: not_found before its first step.
    virtual Task<Result<Cursor>> position(MetricKey key) = 0;
    /// The sums as of each day, all of one commit. An empty account: of every account.
    virtual Task<Result<Sums>> sums(MetricKey key, std::string account, std::vector<core::Day> days) = 0;
    virtual Task<Result<std::vector<AccountHistory>>> accounts() = 0;

    /// Contacts in order of their ids.
    virtual Task<Result<std::vector<std::string>>> contacts_after(std::string id, int limit) = 0;
    virtual Task<Result<std::int64_t>> count_contacts() = 0;
    /// For `rebuild`: the sums of one account's differences.
    virtual Task<Result<core::Deltas>> deltas_of(MetricKey key, std::string account) = 0;
};

}  // namespace candour::flow
