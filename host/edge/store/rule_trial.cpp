#include "candour_queries.hpp"
#include "core/feedback/words.hpp"
#include "edge/json/rules_document.hpp"
#include "edge/store/rules.hpp"

namespace candour::store {
namespace {

constexpr std::int64_t kTrialPage = 2'000;
/// One trial answers while somebody waits for it.
constexpr std::int64_t kMostAnswers = 300'000;
constexpr std::size_t kShownWords = 200;

/// What the trial reads of one answer.
struct PastAnswer {
    core::AnswerFacts facts;
    flow::TriedAnswer shown;
    bool counts = false;  ///< somebody known, and no machine
};

class PastAnswers {
 public:
    PastAnswers(Session& session, core::Instant since) : session_(session), since_(since) {}

    /// Empty when there are no more.
    std::vector<PastAnswer> next_page() {
        std::vector<PastAnswer> page;
        Call call = session_.call(sql::rules::past_answers);
        call.with("after", after_).with("since", since_).with("limit", kTrialPage);
        call.into(seq_)
            .into(source_)
            .into(kind_)
            .into(about_)
            .into(contact_)
            .into(score_)
            .into(class_)
            .into(content_)
            .into(at_);
        call.into(segment_).into(level_).into(name_).into(item_);
        while (call.next()) page.push_back(answer());
        if (!page.empty()) after_ = page.back().shown.seq;
        return page;
    }

 private:
    PastAnswer answer() const {
        PastAnswer answer;
        json::SaidInAnswer said = json::said_in(content_);
        answer.shown.verbatim = std::move(said.verbatim);
        if (score_ >= 0) answer.shown.score = static_cast<int>(score_);
        answer.facts = {source_,
                        kind_,
                        answer.shown.score,
                        !answer.shown.verbatim.empty(),
                        said.contact_me,
                        core::value_of(core::kLevels, level_),
                        core::value_of(core::kSegments, segment_),
                        core::words_of(answer.shown.verbatim),
                        about_,
                        std::move(said.answers)};
        answer.shown.seq = seq_;
        answer.shown.at = core::from_us(at_);
        answer.shown.contact = name_;
        answer.shown.item = item_;
        answer.counts = !contact_.empty() && class_ != "likely_bot";
        return answer;
    }

    Session& session_;
    core::Instant since_;
    std::int64_t after_ = 0;
    std::string source_, kind_, about_, contact_, class_, content_, segment_, level_, name_;
    long long seq_ = 0, score_ = 0, at_ = 0, item_ = 0;
};

void keep_example(std::vector<flow::TriedAnswer>& examples, std::size_t most, flow::TriedAnswer answer,
                  const core::Verdict& verdict) {
    if (examples.size() >= most) return;
    const core::Rule* rule = verdict.of(core::RuleProperty::raise);
    answer.rule = rule == nullptr ? "" : rule->name;
    if (answer.verbatim.size() > kShownWords) {
        std::size_t end = kShownWords;
        while ((static_cast<unsigned char>(answer.verbatim[end]) & 0xC0U) == 0x80) --end;
        answer.verbatim = answer.verbatim.substr(0, end) + "…";
    }
    examples.push_back(std::move(answer));
}

}  // namespace

flow::RuleTrial try_rules(Session& session, const core::Rules& now, const core::Rules& then,
                          core::Instant since, std::size_t examples) {
    flow::RuleTrial trial;
    PastAnswers past(session, since);
    std::int64_t seen = 0;
    for (std::vector<PastAnswer> page = past.next_page(); !page.empty(); page = past.next_page()) {
        seen += static_cast<std::int64_t>(page.size());
        for (PastAnswer& answer : page) {
            if (!answer.counts) continue;
            ++trial.answers;
            const core::Verdict before = core::judge(now, answer.facts),
                                after = core::judge(then, answer.facts);
            trial.raised_now += before.raise() ? 1 : 0;
            trial.raised_then += after.raise() ? 1 : 0;
            if (before.raise() == after.raise()) continue;
            ++(after.raise() ? trial.newly : trial.no_longer);
            if (after.raise())
                keep_example(trial.newly_examples, examples, std::move(answer.shown), after);
            else
                keep_example(trial.no_longer_examples, examples, std::move(answer.shown), before);
        }
        trial.complete = seen < kMostAnswers;
        if (!trial.complete) break;
    }
    return trial;
}

}  // namespace candour::store
