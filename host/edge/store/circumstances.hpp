/// What is known of people besides their own rows when an audience is chosen: who was asked when, who said
/// no, whose address is dead, who answered what. Read in a few statements for a whole page, or for everybody.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "edge/store/account_range.hpp"
#include "flow/campaign/campaigns.hpp"

namespace candour::store {

/// Values by the lot of a text: sixteen bytes each, so that a million addresses fit beside their planning.
/// Two of a million are taken for one with a probability of one to thirty million.
template <class Value>
class ByLot {
 public:
    void add(std::uint64_t key, const Value& value) {
        rows_.push_back({key, value});
        if (rows_.size() >= limit_) settle();
    }
    /// nullptr: nothing was said of it. Only after `settle`.
    const Value* find(std::uint64_t key) const {
        if (rows_.empty()) return nullptr;
        const std::size_t place = key >> shift_;
        for (std::size_t i = starts_[place]; i < starts_[place + 1]; ++i)
            if (rows_[i].key == key) return &rows_[i].value;
        return nullptr;
    }
    /// What was said of the same text several times becomes one, by `Value::add`.
    void settle() {
        std::sort(rows_.begin(), rows_.end(),
                  [](const Row& one, const Row& other) { return one.key < other.key; });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (kept > 0 && rows_[kept - 1].key == rows_[i].key)
                rows_[kept - 1].value.add(rows_[i].value);
            else
                rows_[kept++] = rows_[i];
        }
        rows_.resize(kept);
        limit_ = std::max(limit_, 2 * kept);
        note_starts();
    }

 private:
    struct Row {
        std::uint64_t key;
        Value value;
    };
    /// Lots are spread evenly: their first bits lead to a handful of rows.
    void note_starts() {
        const int bits = std::bit_width(rows_.size() / 4 + 1);
        shift_ = 64 - bits;
        starts_.assign((std::size_t{1} << bits) + 1, 0);
        for (const Row& row : rows_) ++starts_[(row.key >> shift_) + 1];
        for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    }

    std::vector<Row> rows_;
    std::vector<std::uint32_t> starts_;  ///< of each beginning, and the end of the last one
    int shift_ = 63;
    std::size_t limit_ = 1'000'000;
};

class Circumstances {
 public:
    /// `zone`: where the organisation's days begin.
    Circumstances(const flow::PlannedCampaign& campaign, std::string zone)
        : campaign_(campaign), zone_(std::move(zone)) {}

    /// Of everybody. In one look: rows come in pieces.
    void read(Session& session) { read_all(session, nullptr); }
    /// Of whoever is at these accounts, besides what was read before.
    void read(Session& session, const AccountRange& accounts) { read_all(session, &accounts); }

    /// Contact, address and segment are known; the rest is said here.
    void apply(core::Candidate& one) const;

 private:
    struct Said {
        bool suppressed = false, opted_out = false, light = false, muted = false, taken = false;
        void add(const Said& more);
    };
    struct Latest {
        std::int64_t at = 0;
        void add(const Latest& more) { at = std::max(at, more.at); }
    };
    struct Answers {
        core::CivilDay day = core::kNoCivilDay;
        std::int64_t answered_at = 0, scored_at = -1, seq = 0, score = -1;
        void add(const Answers& more);
    };

    void read_all(Session& session, const AccountRange* accounts);
    void read_marks(Session& session, const AccountRange* accounts);
    void read_wishes(Session& session, const AccountRange* accounts);
    void read_asked(Session& session, const AccountRange* accounts);
    void read_answers(Session& session, const AccountRange* accounts);
    void rest_by_cadence(core::Candidate& one) const;

    const flow::PlannedCampaign& campaign_;
    std::string zone_;
    ByLot<Said> said_;                     ///< by contact, and by address
    ByLot<Latest> asked_, asked_lighter_;  ///< by address
    ByLot<Answers> answers_;               ///< by contact
};

}  // namespace candour::store
