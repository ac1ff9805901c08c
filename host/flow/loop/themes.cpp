#include "flow/loop/themes.hpp"

#include <charconv>
#include <map>

#include "core/feedback/text.hpp"
#include "crypto/id_source.hpp"

namespace candour::flow {
namespace {

constexpr int kMembersPage = 1'000;

/// Which of the members the command is about, in which version, and what is left out at once.
struct Plan {
    std::vector<Aim> aims;
    ManyReport report;
};

using Rule = std::function<Result<core::Step>(const core::Item&)>;

void plan_member(Plan& plan, const ThemeMember& member, int seen, const Rule& rule) {
    const ItemRef ref{member.item.id, member.number};
    if (seen != kNotSeen && !core::as_seen(member.item, seen)) {
        plan.report.left_out.push_back(
            {ref, true, core::stale_version(member.item.id, seen, member.item.version).message});
        return;
    }
    const Result<core::Step> step = rule(member.item);
    if (!step)
        plan.report.left_out.push_back({ref, false, step.error().message});
    else
        plan.aims.push_back({ref, member.item.version});
}

Plan plan_of(const ThemeCommand& command, const std::vector<ThemeMember>& members, const Rule& rule) {
    Plan plan;
    if (!command.only) {
        for (const ThemeMember& member : members) plan_member(plan, member, kNotSeen, rule);
        return plan;
    }
    std::map<std::string, const ThemeMember*> by_id;
    std::map<std::int64_t, const ThemeMember*> by_number;
    for (const ThemeMember& member : members) {
        by_id[member.item.id.text()] = &member;
        by_number[member.number] = &member;
    }
    for (const Aim& aim : *command.only) {
        const bool named = aim.item.id.empty();
        const auto id = by_id.find(aim.item.id.text());
        const auto number = by_number.find(aim.item.number);
        const ThemeMember* member = named ? (number == by_number.end() ? nullptr : number->second)
                                          : (id == by_id.end() ? nullptr : id->second);
        if (member == nullptr)
            plan.report.left_out.push_back({aim.item, false, "it is not in this theme"});
        else
            plan_member(plan, *member, aim.seen_version, rule);
    }
    return plan;
}

/// What is wrong with the words is wrong for every item: it is said once and not for each of them.
Done words_hold(const core::Content& content) {
    for (const char* field :
         {"why", "trade_off", "decided_by", "link", "went_wrong", "learned", "prevention"})
        if (const auto found = content.find(field); found != content.end())
            if (Done words = core::check_text(field, found->second); !words) return words;
    const auto text = content.find("text");
    return text == content.end() ? done() : core::check_words("text", text->second);
}

Error told_already(const core::Item& item) {
    return Error{ErrorCode::conflict,
                 "item " + item.id.text() +
                     ": it was told already; to repeat a closing message, tell that item by itself"};
}

void append(ManyReport& to, ManyReport from) {
    to.done.insert(to.done.end(), from.done.begin(), from.done.end());
    to.left_out.insert(to.left_out.end(), std::make_move_iterator(from.left_out.begin()),
                       std::make_move_iterator(from.left_out.end()));
}

}  // namespace

Result<ThemeRef> ThemeRef::parse(std::string_view text) {
    if (const auto id = core::ThemeId::parse(text)) return ThemeRef{*id, 0};
    std::int64_t number = 0;
    if (text.size() > 3 && (text.starts_with("TH-") || text.starts_with("th-"))) {
        const std::string_view digits = text.substr(3);
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (failure == std::errc() && end == digits.data() + digits.size() && number > 0)
            return ThemeRef{{}, number};
    }
    return Error{ErrorCode::invalid,
                 "theme: expected an id such as thm_… or an alias such as TH-3, found \"" +
                     std::string(text.substr(0, 60)) + "\""};
}

core::ThemeEntry Themes::entry_of(core::ThemeEvent event, const ThemeCommand& command,
                                  core::Content content) const {
    return {event, command.actor, clock_.now(), std::move(content)};
}

Task<Result<ThemeView>> Themes::open(std::string title, std::string actor) {
    if (Done words = core::check_words("title", title, core::kMaxLine); !words) co_return words.error();
    core::ThemeEntry entry{
        core::ThemeEvent::opened, std::move(actor), clock_.now(), {{"title", std::move(title)}}};
    auto opening = themes_.say(ThemeRef{}, std::move(entry), kNotSeen);
    Result<ThemeView> theme = co_await std::move(opening);
    co_return theme;
}

Task<Result<std::vector<ThemeMember>>> Themes::members_of(core::ThemeId theme) {
    std::vector<ThemeMember> all;
    for (;;) {
        auto reading = themes_.members(theme, all.empty() ? 0 : all.back().number, kMembersPage);
        Result<std::vector<ThemeMember>> page = co_await std::move(reading);
        if (!page) co_return page.error();
        const bool last = page->size() < static_cast<std::size_t>(kMembersPage);
        all.insert(all.end(), std::make_move_iterator(page->begin()), std::make_move_iterator(page->end()));
        if (last) co_return all;
    }
}

Task<Result<ThemeReport>> Themes::give(ThemeCommand command, core::ThemeEntry entry, Rule rule) {
    if (Done words = words_hold(entry.content); !words) co_return words.error();
    auto finding = themes_.theme(command.theme);
    Result<ThemeView> theme = co_await std::move(finding);
    if (!theme) co_return theme.error();
    if (command.seen_version != kNotSeen && command.seen_version != theme->theme.version)
        co_return Error{ErrorCode::conflict, "theme " + theme->theme.id.text() + ": expected version " +
                                                 std::to_string(command.seen_version) + ", found " +
                                                 std::to_string(theme->theme.version) +
                                                 "; look at it again and decide anew"};
    auto reading = members_of(theme->theme.id);
    Result<std::vector<ThemeMember>> members = co_await std::move(reading);
    if (!members) co_return members.error();
    const core::Act act{command.actor, entry.at};
    Decide decide = [rule = std::move(rule), act](const core::Item& item) { return rule(item, act); };
    Plan plan = plan_of(command, *members, decide);
    plan.report.dry_run = command.dry_run;
    if (command.dry_run || plan.aims.empty()) {
        for (const Aim& aim : plan.aims) plan.report.done.push_back(aim.item);
        co_return ThemeReport{std::move(*theme), std::move(plan.report), core::kNever};
    }
    // First the theme: whoever was faster there decides, and a command that was cut off is seen to have
    // begun.
    auto saying = themes_.say(ThemeRef{theme->theme.id, 0}, std::move(entry), theme->theme.version);
    Result<ThemeView> said = co_await std::move(saying);
    if (!said) co_return said.error();
    auto advancing = advance_many(items_, std::move(plan.aims), std::move(decide));
    Result<ManyReport> advanced = co_await std::move(advancing);
    if (!advanced) co_return advanced.error();
    append(plan.report, std::move(*advanced));
    auto again = themes_.theme(ThemeRef{said->theme.id, 0});
    Result<ThemeView> after = co_await std::move(again);
    co_return ThemeReport{after ? std::move(*after) : std::move(*said), std::move(plan.report), core::kNever};
}

Task<Result<ThemeReport>> Themes::gather(ThemeCommand command, std::vector<ItemRef> items, bool joins) {
    auto finding = themes_.theme(command.theme);
    Result<ThemeView> theme = co_await std::move(finding);
    if (!theme) co_return theme.error();
    const core::Act act{command.actor, clock_.now()};
    Decide decide = [act, joins, id = theme->theme.id.text()](const core::Item& item) {
        return joins ? core::join_theme(item, act, id) : core::leave_theme(item, act, id);
    };
    std::vector<Aim> aims;
    for (const ItemRef& item : items) aims.push_back({item, kNotSeen});
    auto advancing = advance_many(items_, std::move(aims), std::move(decide));
    Result<ManyReport> report = co_await std::move(advancing);
    if (!report) co_return report.error();
    auto again = themes_.theme(ThemeRef{theme->theme.id, 0});
    Result<ThemeView> after = co_await std::move(again);
    co_return ThemeReport{after ? std::move(*after) : std::move(*theme), std::move(*report), core::kNever};
}

Task<Result<ThemeReport>> Themes::add(ThemeCommand command, std::vector<ItemRef> items) {
    return gather(std::move(command), std::move(items), true);
}

Task<Result<ThemeReport>> Themes::remove(ThemeCommand command, std::vector<ItemRef> items) {
    return gather(std::move(command), std::move(items), false);
}

Task<Result<ThemeReport>> Themes::hear(ThemeCommand command, std::string text, bool mail) {
    core::ThemeEntry entry = entry_of(core::ThemeEvent::heard, command, {{"text", text}});
    return give(
        std::move(command), std::move(entry), [text, mail](const core::Item& item, const core::Act& act) {
            return core::hear(item, act, text, mail ? crypto::new_id<MessageId>(act.at) : MessageId());
        });
}

Task<Result<ThemeReport>> Themes::decide(ThemeCommand command, core::Decision decision) {
    core::Content content{{"text", decision.text},
                          {"why", decision.why},
                          {"trade_off", decision.trade_off},
                          {"decided_by", decision.decided_by}};
    content["will_change"] = decision.will_change ? "yes" : "no";
    if (decision.will_change) content["promised_by"] = std::to_string(core::to_us(decision.promised_by));
    core::ThemeEntry entry = entry_of(core::ThemeEvent::decided, command, std::move(content));
    return give(std::move(command), std::move(entry),
                [decision](const core::Item& item, const core::Act& act) {
                    return core::decide(item, act, decision);
                });
}

Task<Result<ThemeReport>> Themes::change(ThemeCommand command, std::string text, std::string link,
                                         core::FailureTexts failure) {
    const core::Content content{{"text", text},
                                {"link", link},
                                {"went_wrong", failure.went_wrong},
                                {"learned", failure.learned},
                                {"prevention", failure.prevention}};
    core::ThemeEntry entry = entry_of(core::ThemeEvent::changed, command, content);
    // The three texts are for those whose item is marked as our failure; the others are told what changed.
    return give(std::move(command), std::move(entry),
                [text, link, failure](const core::Item& item, const core::Act& act) {
                    return core::change(item, act, text, link,
                                        item.our_failure ? failure : core::FailureTexts{});
                });
}

Task<Result<ThemeReport>> Themes::tell(ThemeCommand command) {
    core::ThemeEntry entry = entry_of(core::ThemeEvent::told, command, {});
    const core::Instant leaves = entry.at + policies_->undo;
    Rule rule = [leaves](const core::Item& item, const core::Act& act) -> Result<core::Step> {
        if (item.state == core::State::told) return told_already(item);
        return core::tell(item, act, crypto::new_id<MessageId>(act.at), leaves);
    };
    auto giving = give(std::move(command), std::move(entry), std::move(rule));
    Result<ThemeReport> report = co_await std::move(giving);
    if (report && !report->items.dry_run && !report->items.done.empty()) report->cancel_until = leaves;
    co_return report;
}

Task<Result<ThemeReport>> Themes::undo(ThemeCommand command) {
    core::ThemeEntry entry = entry_of(core::ThemeEvent::taken_back, command, {});
    return give(std::move(command), std::move(entry), core::cancel_tell);
}

}  // namespace candour::flow
