/// Who is asked in a campaign, who is left out, and why. Nobody is left out in silence.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "core/names.hpp"
#include "core/relationship/people.hpp"

namespace candour {

struct CampaignTag {
    static constexpr std::string_view prefix = "cmp_";
};
using CampaignId = Id<CampaignTag>;

}  // namespace candour

namespace candour::core {

/// Why somebody whom the audience names is not written to.
enum class LeftOut : std::uint8_t { inactive, no_address, suppressed, opted_out, resting, duplicate };

inline constexpr NameTable<LeftOut, 6> kLeftOut{{
    {LeftOut::inactive, "inactive"},
    {LeftOut::no_address, "no_address"},
    {LeftOut::suppressed, "suppressed"},
    {LeftOut::opted_out, "opted_out"},
    {LeftOut::resting, "resting"},
    {LeftOut::duplicate, "duplicate"},
}};

/// Whom somebody wants to ask. Each list that is not empty narrows the others down.
struct Audience {
    bool all = false;                     ///< everybody; said aloud, so that nothing else means it
    std::vector<std::string> accounts{};  ///< ids, or the organisation's own references
    std::vector<std::string> segments{};
    std::vector<std::string> levels{};
    std::vector<std::string> contacts{};  ///< ids or addresses
};

/// Errors: invalid, naming the list: nobody at all, `all` beside a list, a segment or level that does not
/// exist.
Done check(const Audience& audience);

/// One contact as the database knows them at planning.
struct Candidate {
    ContactId contact;
    AccountId account;
    std::string account_ref;
    Segment segment = Segment::unclassified;
    Level level = Level::operational;
    std::string address;
    bool active = true;
    bool suppressed = false;  ///< the address bounced for good, or its owner complained
    bool opted_out = false;   ///< whoever reads the address wants no mail of this kind
    Instant asked_at;  ///< the last time that this address was asked within the rest; kNever: it was not
};

bool belongs(const Audience& audience, const Candidate& candidate);
/// What the audience names and nobody has: "account X-9", in the order in which they were named.
std::vector<std::string> unknown_names(const Audience& audience, const std::vector<Candidate>& everybody);

struct Chosen {
    Candidate candidate;
    std::optional<LeftOut> left_out;  ///< empty: asked
};

/// Of each address one contact is asked, the first in the given order. What rules out most is named first:
/// who has left is not called tired.
std::vector<Chosen> choose(std::vector<Candidate> candidates);

/// Whoever was asked is left in peace for so long, unless the organisation says otherwise.
inline constexpr std::chrono::days kRest{90};

}  // namespace candour::core
