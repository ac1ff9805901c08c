/// Which answers become items, who owns them, by when each step is owed and who watches. Rules stand in an
/// order, and the first one that fits decides each property that it speaks of.
///
///     when   what has to be true of the answer; everything that is named, nothing else matters
///     then   raise, owner, due, watchers; what no rule decides: not raised, the account's owner, the
///     segment's days,
///            nobody
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/feedback/observation.hpp"
#include "core/relationship/people.hpp"
#include "core/relationship/segment.hpp"

namespace candour::core {

/// What has to be true of one further answer; everything that is named. A question that was not answered fits
/// nothing.
struct AnswerCondition {
    std::string question;  ///< as the plugin names it; `trust.fair` is a row of a matrix
    std::optional<int> at_least, at_most;
    std::vector<std::string> is;  ///< one of them was chosen
};

struct RuleCondition {
    std::optional<int> score_at_least;
    std::optional<int> score_at_most;
    std::optional<bool> comment;  ///< whether there are words of their own
    std::optional<bool> contact_me;
    std::vector<Level> levels;  ///< one of them; the same for all lists
    std::vector<Segment> segments;
    std::vector<std::string> sources;
    std::vector<std::string> kinds;
    std::vector<std::string> abouts;       ///< what was asked, e.g. the survey's id
    std::vector<AnswerCondition> answers;  ///< every one of them
    std::vector<std::string> words;        ///< folded; `invoic*` is any word that begins so
};

struct RuleDue {
    std::optional<std::chrono::days> hear, decide, change, tell;
};

struct RuleAction {
    std::optional<bool> raise;
    std::string owner;                  ///< a teammate's address
    std::optional<RuleDue> due;         ///< days in place of the segment's
    std::vector<std::string> watchers;  ///< teammates' addresses
};

struct Rule {
    std::string name;
    RuleCondition when;
    RuleAction then;
};

struct Rules {
    std::int64_t version = 0;  ///< 0: the built-in ones
    std::vector<Rule> list;

    /// What has to be looked up before they can decide; an answer that no rule asks for costs no query.
    bool ask_level() const;
    bool ask_segment() const;
    bool ask_words() const;
    bool ask_answers() const;
};

/// Further answers as rules see them: numbers as their digits, each chosen option, "yes" and "no".
using AnswerValues = std::map<std::string, std::vector<std::string>, std::less<>>;

/// What rules can ask of an answer. Level and segment are nothing when no rule asks for them, or nobody knows
/// them.
struct AnswerFacts {
    std::string source;
    std::string kind;
    std::optional<int> score;
    bool comment = false;
    bool contact_me = false;
    std::optional<Level> level;
    std::optional<Segment> segment;
    std::vector<std::string> words;  ///< of the verbatim, folded
    std::string about;
    AnswerValues answers;  ///< empty when no rule asks for them
};
AnswerFacts facts_of(const Observation& observation, const Rules& rules);

enum class RuleProperty : std::uint8_t { raise, owner, due, watchers };
inline constexpr NameTable<RuleProperty, 4> kRuleProperties{{{RuleProperty::raise, "raise"},
                                                             {RuleProperty::owner, "owner"},
                                                             {RuleProperty::due, "due"},
                                                             {RuleProperty::watchers, "watchers"}}};

/// For each property the rule that decided it, nullptr when none did. Points into the rules.
struct Verdict {
    std::array<const Rule*, 4> by{};
    const Rule* of(RuleProperty property) const { return by[static_cast<std::size_t>(property)]; }
    bool raise() const { return of(RuleProperty::raise) != nullptr && *of(RuleProperty::raise)->then.raise; }
};
Verdict judge(const Rules& rules, const AnswerFacts& facts);

/// The first condition that does not hold, by its name in the document; nullptr when the rule fits.
const char* mismatch(const RuleCondition& when, const AnswerFacts& facts);

SegmentPolicy with_due(SegmentPolicy policy, const Verdict& verdict);

/// A low score, words, a wish to be contacted, a mail: whoever says something wants to be heard.
const Rules& built_in_rules();

}  // namespace candour::core
