#include "edge/telling/loop_facts.hpp"

#include <charconv>

#include "zone/civil.hpp"

namespace candour::telling {
namespace {

using core::Event;

std::optional<int> score_of(const core::Content& content) {
    const std::string text = content_field(content, "score");
    int score = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), score).ec != std::errc()) return std::nullopt;
    return score;
}

/// Tells the rounds one after the other from the events as they happened.
class Teller {
 public:
    Teller(const flow::ItemView& item, const core::Policies& policies)
        : zone_(item.contact_zone), owner_(item.owner_name), policies_(policies) {}

    void take(const flow::HistoryEntry& entry) {
        const core::Content& content = entry.event.content;
        switch (entry.event.event) {
            case Event::raised:
                return begin({content_field(content, "verbatim"), score_of(content), said_on(entry)});
            case Event::merged_in:
            case Event::answered_again:
                return add_answer({content_field(content, "verbatim"), score_of(content), said_on(entry)});
            case Event::corrected:
                return now().corrections.push_back({content_field(content, "text"), std::nullopt, on(entry)});
            case Event::replied:
            case Event::closing_answered:
                return take_reply(entry);
            case Event::objected:
                not_yet_ = last_reply_;
                return;
            case Event::not_yet:
                not_yet_ = {content_field(content, "text"), std::nullopt, on(entry)};
                return;
            case Event::reopened:
                return reopen(entry);
            case Event::heard:
                now().heard = spoken(entry, speaker(entry));
                return;
            case Event::decided_will_change:
            case Event::decided_will_not_change:
                return decide(entry);
            case Event::changed:
                return change(entry);
            default:
                return;
        }
    }

    std::vector<voice::Round> rounds() { return std::move(rounds_); }

 private:
    voice::Date on(const flow::HistoryEntry& entry) const {
        return date_for(entry.event.at, zone_, policies_);
    }

    /// An answer of the past is raised later than it was given; its author remembers the day they gave it.
    voice::Date said_on(const flow::HistoryEntry& entry) const {
        const std::string said_at = content_field(entry.event.content, "said_at");
        std::int64_t us = 0;
        if (std::from_chars(said_at.data(), said_at.data() + said_at.size(), us).ec != std::errc())
            return on(entry);
        return date_for(core::from_us(us), zone_, policies_);
    }

    voice::Round& now() {
        if (rounds_.empty()) rounds_.emplace_back();
        return rounds_.back();
    }

    void begin(voice::Words said) {
        rounds_.emplace_back();
        rounds_.back().said = std::move(said);
    }

    void add_answer(voice::Words answer) {
        if (!answer.text.empty() || answer.score) now().corrections.push_back(std::move(answer));
    }

    /// What came from another address is for us to read: this is the page of one person.
    void take_reply(const flow::HistoryEntry& entry) {
        if (entry.event.content.contains("another_address")) return;
        last_reply_ = {content_field(entry.event.content, "text"), std::nullopt, on(entry)};
        now().corrections.push_back(*last_reply_);
    }

    /// Why we reopened it ourselves is our note; what the customer said is theirs to see.
    void reopen(const flow::HistoryEntry& entry) {
        voice::Words said = not_yet_.value_or(voice::Words{"", std::nullopt, on(entry)});
        not_yet_.reset();
        begin(std::move(said));
    }

    /// A program's token has a name for us, not for customers: the item's owner answers for what it wrote.
    std::string speaker(const flow::HistoryEntry& entry) const {
        return entry.event.actor.starts_with(TeammateId::prefix) ? entry.actor_name : owner_;
    }

    voice::Spoken spoken(const flow::HistoryEntry& entry, const std::string& by) const {
        const core::Content& content = entry.event.content;
        return {content_field(content, "text"),
                content_field(content, "why"),
                content_field(content, "trade_off"),
                content_field(content, "link"),
                on(entry),
                by};
    }

    void change(const flow::HistoryEntry& entry) {
        const core::Content& content = entry.event.content;
        now().changed = spoken(entry, speaker(entry));
        if (content.contains("went_wrong"))
            now().our_failure =
                voice::OurFailure{content_field(content, "went_wrong"), content_field(content, "learned"),
                                  content_field(content, "prevention")};
    }

    void decide(const flow::HistoryEntry& entry) {
        const std::string by = content_field(entry.event.content, "decided_by");
        now().decided = spoken(entry, by.empty() ? speaker(entry) : by);
        now().will_change = entry.event.event == Event::decided_will_change;
        std::int64_t us = 0;
        const std::string promised = content_field(entry.event.content, "promised_by");
        if (std::from_chars(promised.data(), promised.data() + promised.size(), us).ec == std::errc())
            now().promised_by =
                date_for(core::from_us(us), "", policies_);  // the day that was promised, wherever it is read
    }

    std::string zone_;
    std::string owner_;
    const core::Policies& policies_;
    std::vector<voice::Round> rounds_;
    std::optional<voice::Words> not_yet_;
    std::optional<voice::Words> last_reply_;
};

bool before_told(core::State state) {
    return state == core::State::raised || state == core::State::heard || state == core::State::decided ||
           state == core::State::changed;
}

}  // namespace

std::string content_field(const core::Content& content, const char* name) {
    const auto found = content.find(name);
    return found == content.end() ? std::string() : found->second;
}

voice::Date date_for(core::Instant at, const std::string& contact_zone, const core::Policies& policies) {
    for (const std::string& zone : {contact_zone, policies.zone, std::string("UTC")}) {
        const Result<voice::Date> date =
            zone.empty() ? Result<voice::Date>(Error{}) : zone::civil_date(at, zone);
        if (date) return *date;
    }
    return std::chrono::floor<std::chrono::days>(at);
}

voice::LoopFacts loop_facts(const flow::ItemView& item, const std::vector<flow::HistoryEntry>& history,
                            const core::Policies& policies, std::string page_url) {
    Teller teller(item, policies);
    for (const flow::HistoryEntry& entry : history) teller.take(entry);
    voice::LoopFacts facts;
    facts.organisation = policies.organisation;
    facts.livery = {policies.brand_colour, policies.brand_text};
    facts.language = item.contact_language.empty() ? policies.language : item.contact_language;
    facts.contact_name = item.contact_name;
    facts.owner_name = item.owner_name;
    facts.rounds = teller.rounds();
    facts.state = std::string(core::name_of(core::kStates, item.item.state));
    facts.awaiting_answer = item.item.state == core::State::told;
    facts.closed = item.item.state == core::State::visibly_closed;
    facts.can_confirm = facts.closed && item.item.evidence < core::Strength::confirmed;
    facts.can_correct = before_told(item.item.state);
    facts.page_url = std::move(page_url);
    facts.address_line = policies.address_line;
    facts.privacy_url = policies.privacy_url;
    return facts;
}

}  // namespace candour::telling
