#include "core/feedback/rules.hpp"

#include <algorithm>
#include <charconv>

#include "core/feedback/raise_rule.hpp"
#include "core/feedback/words.hpp"

namespace candour::core {
namespace {

template <class T, class U>
bool one_of(const std::vector<T>& wanted, const std::optional<U>& found) {
    return wanted.empty() || (found && std::find(wanted.begin(), wanted.end(), *found) != wanted.end());
}

bool one_of(const std::vector<std::string>& wanted, const std::string& found) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), found) != wanted.end();
}

bool score_fits(const RuleCondition& when, const std::optional<int>& score) {
    if (!when.score_at_least && !when.score_at_most) return true;
    return score && *score >= when.score_at_least.value_or(0) && *score <= when.score_at_most.value_or(10);
}

bool any_mentioned(const std::vector<std::string>& wanted, const std::vector<std::string>& words) {
    return wanted.empty() || std::any_of(wanted.begin(), wanted.end(),
                                         [&](const std::string& word) { return mentions(words, word); });
}

bool number_fits(const AnswerCondition& when, const std::string& value) {
    if (!when.at_least && !when.at_most) return true;
    int number = 0;
    const auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), number);
    return ec == std::errc() && end == value.data() + value.size() &&
           number >= when.at_least.value_or(number) && number <= when.at_most.value_or(number);
}

bool every_answer_fits(const std::vector<AnswerCondition>& wanted, const AnswerValues& answers) {
    return std::all_of(wanted.begin(), wanted.end(), [&answers](const AnswerCondition& when) {
        const auto found = answers.find(when.question);
        return found != answers.end() &&
               std::any_of(found->second.begin(), found->second.end(), [&when](const std::string& value) {
                   return one_of(when.is, value) && number_fits(when, value);
               });
    });
}

template <class Ask>
bool some_rule(const Rules& rules, Ask ask) {
    return std::any_of(rules.list.begin(), rules.list.end(),
                       [ask](const Rule& rule) { return ask(rule.when); });
}

bool decides(const RuleAction& then, RuleProperty property) {
    switch (property) {
        case RuleProperty::raise:
            return then.raise.has_value();
        case RuleProperty::owner:
            return !then.owner.empty();
        case RuleProperty::due:
            return then.due.has_value();
        case RuleProperty::watchers:
            return !then.watchers.empty();
    }
    return false;
}

Rule raising(const char* name, RuleCondition when) {
    return {name, std::move(when), {true, {}, {}, {}}};
}

Rules make_built_in() {
    RuleCondition wish, mail, words, low;
    wish.contact_me = true;
    mail.sources = {kMailSource};
    words.comment = true;
    low.score_at_most = kDetractorScore;
    return {0,
            {raising("they ask to be contacted", wish), raising("they wrote us a mail", mail),
             raising("they said something", words), raising("the score is low", low)}};
}

}  // namespace

bool Rules::ask_level() const {
    return some_rule(*this, [](const RuleCondition& when) { return !when.levels.empty(); });
}
bool Rules::ask_segment() const {
    return some_rule(*this, [](const RuleCondition& when) { return !when.segments.empty(); });
}
bool Rules::ask_words() const {
    return some_rule(*this, [](const RuleCondition& when) { return !when.words.empty(); });
}

bool Rules::ask_answers() const {
    return some_rule(*this, [](const RuleCondition& when) { return !when.answers.empty(); });
}

AnswerFacts facts_of(const Observation& observation, const Rules& rules) {
    AnswerFacts facts{observation.source,
                      observation.kind,
                      observation.score,
                      !observation.verbatim.empty(),
                      observation.contact_me,
                      {},
                      {},
                      {},
                      observation.about,
                      {}};
    if (rules.ask_words()) facts.words = words_of(observation.verbatim);
    return facts;
}

const char* mismatch(const RuleCondition& when, const AnswerFacts& facts) {
    if (!score_fits(when, facts.score)) return "score";
    if (when.comment && *when.comment != facts.comment) return "comment";
    if (when.contact_me && *when.contact_me != facts.contact_me) return "contact_me";
    if (!one_of(when.levels, facts.level)) return "levels";
    if (!one_of(when.segments, facts.segment)) return "segments";
    if (!one_of(when.sources, facts.source)) return "sources";
    if (!one_of(when.kinds, facts.kind)) return "kinds";
    if (!one_of(when.abouts, facts.about)) return "abouts";
    if (!every_answer_fits(when.answers, facts.answers)) return "answers";
    return any_mentioned(when.words, facts.words) ? nullptr : "words";
}

Verdict judge(const Rules& rules, const AnswerFacts& facts) {
    Verdict verdict;
    for (const Rule& rule : rules.list) {
        if (mismatch(rule.when, facts) != nullptr) continue;
        for (const auto& [property, name] : kRuleProperties) {
            const Rule*& by = verdict.by[static_cast<std::size_t>(property)];
            if (by == nullptr && decides(rule.then, property)) by = &rule;
        }
    }
    return verdict;
}

SegmentPolicy with_due(SegmentPolicy policy, const Verdict& verdict) {
    const Rule* rule = verdict.of(RuleProperty::due);
    if (rule == nullptr) return policy;
    const RuleDue& due = *rule->then.due;
    policy.hear = due.hear.value_or(policy.hear);
    policy.decide = due.decide.value_or(policy.decide);
    policy.change = due.change.value_or(policy.change);
    policy.tell = due.tell.value_or(policy.tell);
    return policy;
}

const Rules& built_in_rules() {
    static const Rules rules = make_built_in();
    return rules;
}

}  // namespace candour::core
