/// Who is asked in a campaign, who is left out, and why. Nobody is left out in silence.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/campaign/quiet.hpp"
#include "core/campaign/sample.hpp"
#include "core/instant.hpp"
#include "core/names.hpp"
#include "core/relationship/people.hpp"
#include "core/relationship/tags.hpp"

namespace candour {

struct CampaignTag {
    static constexpr std::string_view prefix = "cmp_";
};
using CampaignId = Id<CampaignTag>;

}  // namespace candour

namespace candour::core {

/// Why somebody whom the audience names is not written to.
enum class LeftOut : std::uint8_t {
    inactive,
    no_address,
    suppressed,
    opted_out,
    muted,
    resting,
    duplicate,
    not_sampled,
};

inline constexpr NameTable<LeftOut, 8> kLeftOut{{
    {LeftOut::inactive, "inactive"},
    {LeftOut::no_address, "no_address"},
    {LeftOut::suppressed, "suppressed"},
    {LeftOut::opted_out, "opted_out"},
    {LeftOut::muted, "muted"},
    {LeftOut::resting, "resting"},
    {LeftOut::duplicate, "duplicate"},
    {LeftOut::not_sampled, "not_sampled"},
}};
/// What a person may ask next: "was asked within the last 90 days".
std::string_view words_of(LeftOut);

/// The classes of METRICS 1.1; a score from 0 to 10.
enum class ScoreClass : std::uint8_t { detractor, passive, promoter };
inline constexpr NameTable<ScoreClass, 3> kScoreClasses{{
    {ScoreClass::detractor, "detractor"},
    {ScoreClass::passive, "passive"},
    {ScoreClass::promoter, "promoter"},
}};
constexpr ScoreClass class_of(std::int64_t score) {
    return score <= 6 ? ScoreClass::detractor : score <= 8 ? ScoreClass::passive : ScoreClass::promoter;
}

/// Civil days of the organisation since 1970-01-01; kNoCivilDay: none.
using CivilDay = std::int64_t;
inline constexpr CivilDay kNoCivilDay = -1;

/// Whose last answer counts; what is left at its default asks for nothing.
struct LastAnswer {
    bool never = false;             ///< only who never answered
    CivilDay before = kNoCivilDay;  ///< the last answer came before this day
    CivilDay after = kNoCivilDay;   ///< or after this one
    std::vector<std::string> classes{};
    bool asked_for() const {
        return never || before != kNoCivilDay || after != kNoCivilDay || !classes.empty();
    }
};

/// Whom somebody wants to ask. Each list that is not empty narrows the others down.
struct Audience {
    bool all = false;                     ///< everybody; said aloud, so that nothing else means it
    std::vector<std::string> accounts{};  ///< ids, or the organisation's own references
    std::vector<std::string> segments{};
    std::vector<std::string> levels{};
    std::vector<std::string> contacts{};  ///< ids or addresses
    std::vector<std::string> roles{};     ///< what they are to their own organisation
    std::vector<std::string> tags{};      ///< any of these
    LastAnswer last_answer{};
    Sample sample{};
};

/// Errors: invalid, naming the list: nobody at all, `all` beside a list, a segment, level or role that does
/// not exist, a last answer or a sample that nobody can have.
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
    Instant asked_within_twice{};  ///< the same within twice the rest: it counts for who wants it lighter
    bool light = false;            ///< wants to be asked half as often
    bool muted = false;            ///< wants no more of this question
    std::string roles{};           ///< by comma
    std::string tags{};            ///< by comma
    std::string zone{};            ///< IANA; empty: that of the calendar
    std::string calendar{};        ///< the account's own; empty: the organisation's
    CivilDay answered_on = kNoCivilDay;  ///< the last answer; read only when the audience asks about it
    std::int64_t score = -1;             ///< of the last answer that has one
    bool taken = false;  ///< the address is asked in this campaign already, at another account
    std::string name{};
    std::string account_name{};
};

bool belongs(const Audience& audience, const Candidate& candidate);

struct Chosen {
    Candidate candidate;
    std::optional<LeftOut> left_out;  ///< empty: asked
};

/// Judges an audience as its people come by. Of each address one contact is asked, the first in the given
/// order; what rules out most is named first: who has left is not called tired.
class Chooser {
 public:
    /// The same seed draws the same sample.
    explicit Chooser(Sample sample = {}, std::string seed = {})
        : sample_(std::move(sample)), seed_(std::move(seed)) {}

    /// Whole accounts, each in one piece: a sample is drawn among the people of one account.
    std::vector<Chosen> choose(std::vector<Candidate> accounts);
    /// This address was asked before this chooser began: planning goes on where somebody else stopped.
    void taken(const std::string& address) { taken_.add(address); }

 private:
    void choose_account(Chosen* begin, Chosen* end);

    Sample sample_;
    std::string seed_;
    Addresses taken_;
};

/// Everybody at once, nobody sampled away.
std::vector<Chosen> choose(std::vector<Candidate> candidates);

/// Whoever was asked is left in peace for so long, unless the organisation says otherwise.
inline constexpr std::chrono::days kRest{90};

}  // namespace candour::core
