#include "edge/telling/team_letter.hpp"

#include <algorithm>
#include <charconv>

#include "core/loop/reminders.hpp"
#include "edge/json/content.hpp"
#include "edge/telling/loop_facts.hpp"

namespace candour::telling {
namespace {

using Line = flow::TeamLetter::Line;

/// A mail, not an archive: the page has the rest.
constexpr std::size_t kShown = 20;

core::Instant instant_in(const std::string& text) {
    std::int64_t us = 0;
    std::from_chars(text.data(), text.data() + text.size(), us);
    return core::from_us(us);
}

std::string what_of(const Line& line) {
    if (line.kind == core::NoticeKind::overdue) return "overdue." + line.about;
    return (line.kind == core::NoticeKind::due_soon ? "due." : "") + line.about;
}

std::string words_in(const flow::HistoryEntry& entry) {
    for (const char* name : {"verbatim", "text", "said"})
        if (const std::string words = content_field(entry.event.content, name); !words.empty()) return words;
    return {};
}

/// What the customer said with it: in the event itself, or in what led to another round.
std::string said_with(const std::vector<flow::HistoryEntry>& history, const Line& line,
                      const std::string& at_first) {
    if (line.about == "handed_on" || line.kind == core::NoticeKind::overdue ||
        line.kind == core::NoticeKind::due_soon)
        return at_first;
    const auto entry =
        std::find_if(history.begin(), history.end(), [&](const auto& one) { return one.n == line.n; });
    if (entry == history.end()) return {};
    const bool another_round = entry->event.event == core::Event::reopened && entry != history.begin();
    return words_in(another_round ? *std::prev(entry) : *entry);
}

std::string why_not_delivered(const std::vector<flow::HistoryEntry>& history, const Line& line) {
    for (const flow::HistoryEntry& entry : history)
        if (entry.n == line.n && core::is_undelivered(entry.event.event))
            return content_field(entry.event.content, "detail");
    return {};
}

core::Instant due_of(const flow::ItemView& view, const std::vector<flow::HistoryEntry>& history,
                     const Line& line) {
    if (core::happened(line.due)) return line.due;
    for (const flow::HistoryEntry& entry : history)
        if (entry.n == line.n && line.kind == core::NoticeKind::overdue)
            return instant_in(content_field(entry.event.content, "due"));
    const bool begins = line.about == "raised" || line.about == "handed_on" || line.about == "reopened";
    return begins || line.kind == core::NoticeKind::overdue ? core::debt_of(view.item).due : core::kNever;
}

/// The step that is owed, as the words for it are called.
std::string owed_step(const core::Item& item) {
    return std::string(core::name_of(core::kOwed, core::debt_of(item).step));
}

}  // namespace

voice::TeamNews TeamTeller::about(const flow::ItemView& view) const {
    voice::TeamNews news;
    news.item = "LP-" + std::to_string(view.number);
    news.account = view.account_name.empty() ? view.contact_name : view.account_name;
    news.contact = view.contact_name;
    if (!view.account_name.empty()) news.contact += (news.contact.empty() ? "" : ", ") + view.account_name;
    news.owner_name = view.owner_name;
    news.url = policies_->public_url + "/items/" + news.item;
    return news;
}

/// Somebody who matters; the page of their account has the rest.
voice::TeamNews TeamTeller::about_contact(const Line& line) const {
    voice::TeamNews news;
    news.what = line.about;
    news.account = line.account;
    news.contact = line.contact;
    news.reason = line.detail;
    news.url = policies_->public_url + "/accounts";
    return news;
}

flow::Task<Result<voice::TeamNews>> TeamTeller::one(Line line) {
    if (line.item.empty()) co_return about_contact(line);
    auto finding = items_.find(flow::ItemRef{line.item, 0});
    const Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return view.error();
    auto reading = items_.history(line.item);
    const Result<std::vector<flow::HistoryEntry>> history = co_await std::move(reading);
    if (!history) co_return history.error();
    voice::TeamNews news = about(*view);
    news.what = what_of(line);
    news.watching = line.kind == core::NoticeKind::watching;
    news.said = said_with(*history, line, view->verbatim);
    news.reason = why_not_delivered(*history, line);
    const core::Instant due = due_of(*view, *history, line);
    if (core::happened(due)) news.due = date_for(due, "", *policies_);
    co_return news;
}

flow::Task<Result<voice::TeamList>> TeamTeller::news(std::vector<Line> lines) {
    voice::TeamList list;
    list.more = lines.size() > kShown ? static_cast<std::int64_t>(lines.size() - kShown) : 0;
    lines.resize(std::min(lines.size(), kShown));
    for (const Line& line : lines) {
        auto telling = one(line);
        Result<voice::TeamNews> told = co_await std::move(telling);
        if (!told) co_return told.error();
        list.lines.push_back(std::move(*told));
    }
    co_return list;
}

flow::Task<Result<TeamTeller::Words>> TeamTeller::notices(flow::TeamLetter letter) {
    const std::size_t all = letter.lines.size();
    const bool has_item = std::ranges::any_of(
        letter.lines, [](const flow::TeamLetter::Line& line) { return !line.item.empty(); });
    auto telling = news(std::move(letter.lines));
    Result<voice::TeamList> list = co_await std::move(telling);
    if (!list) co_return list.error();
    if (list->lines.empty())
        co_return Error{ErrorCode::internal, "the mail to " + letter.teammate.email + " says nothing"};
    voice::TeamMailFacts facts;
    facts.organisation = policies_->organisation;
    facts.language = policies_->language;
    facts.news = std::move(list->lines);
    facts.count = all;
    facts.all_url = policies_->public_url + "/";
    facts.can_answer = can_answer_ && has_item;
    co_return Words{voice::team_mail(facts), facts.can_answer, false};
}

flow::Task<Result<voice::TeamList>> TeamTeller::owed(flow::ItemQuery query, const char* what) {
    query.limit = static_cast<int>(kShown) + 1;
    auto reading = items_.list(std::move(query));
    const Result<flow::ItemPage> page = co_await std::move(reading);
    if (!page) co_return page.error();
    voice::TeamList list;
    for (const flow::ItemView& view : page->items) {
        if (list.lines.size() == kShown) break;
        voice::TeamNews news = about(view);
        const core::Instant due = core::debt_of(view.item).due;
        if (core::happened(due)) news.due = date_for(due, "", *policies_);
        news.what = *what != '\0' ? std::string(what) : "due." + owed_step(view.item);
        list.lines.push_back(std::move(news));
    }
    if (page->items.size() > kShown || page->next) list.more = 1;
    co_return list;
}

flow::Task<Result<TeamTeller::Words>> TeamTeller::digest(flow::TeamLetter letter) {
    voice::TeamDigestFacts facts;
    facts.organisation = policies_->organisation;
    facts.language = policies_->language;
    facts.on = date_for(letter.created_at, "", *policies_);
    facts.open_items = letter.open_items;
    facts.url = policies_->public_url + "/";
    flow::ItemQuery late, coming, silent;
    late.owner = coming.owner = silent.owner = letter.teammate.id.text();
    late.order = coming.order = flow::ItemOrder::due;
    late.overdue_at = letter.created_at;
    coming.after = flow::ItemPlace{core::to_us(letter.created_at), 0};
    silent.quiet = true;
    auto telling = news(std::move(letter.lines));
    Result<voice::TeamList> happened = co_await std::move(telling);
    auto asking = owed(std::move(late), "");
    Result<voice::TeamList> overdue = co_await std::move(asking);
    auto looking = owed(std::move(coming), "");
    Result<voice::TeamList> today = co_await std::move(looking);
    auto listening = owed(std::move(silent), "overdue.another_channel");
    Result<voice::TeamList> quiet = co_await std::move(listening);
    for (const Result<voice::TeamList>* list : {&happened, &overdue, &today, &quiet})
        if (!*list) co_return list->error();
    const auto later = [&](const voice::TeamNews& line) { return line.due != facts.on; };
    const std::size_t coming_up = today->lines.size();
    std::erase_if(today->lines, later);
    if (today->lines.size() < coming_up) today->more = 0;
    facts.news = std::move(*happened);
    facts.overdue = std::move(*overdue);
    facts.today = std::move(*today);
    facts.quiet = std::move(*quiet);
    co_return Words{voice::team_digest(facts), false, false};
}

Result<TeamTeller::Words> TeamTeller::refusal(const flow::TeamLetter& letter) const {
    const Result<core::Content> document = json::read_content(letter.document);
    if (!document) return document.error();
    voice::TeamRefusalFacts facts;
    facts.organisation = policies_->organisation;
    facts.language = policies_->language;
    facts.reason = content_field(*document, "reason");
    facts.detail = content_field(*document, "detail");
    facts.from = content_field(*document, "from");
    facts.said = content_field(*document, "said");
    if (const std::string number = content_field(*document, "item"); !number.empty())
        facts.item = "LP-" + number;
    facts.url = policies_->public_url + (facts.item.empty() ? "/" : "/items/" + facts.item);
    return Words{voice::team_refusal(facts), false, true};
}

Result<TeamTeller::Words> TeamTeller::entrance(const MessageId& id, const flow::TeamLetter& letter) const {
    const Result<core::Content> document = json::read_content(letter.document);
    if (!document) return document.error();
    voice::EntranceFacts facts;
    facts.organisation = policies_->organisation;
    facts.language = policies_->language;
    facts.purpose = content_field(*document, "purpose");
    facts.url = policies_->public_url + "/sign-in#link=" + links_.issue(crypto::LinkPurpose::entrance, id);
    return Words{voice::entrance_mail(facts), false, false};
}

Result<TeamTeller::Words> TeamTeller::webhook(const flow::TeamLetter& letter) const {
    const Result<core::Content> document = json::read_content(letter.document);
    if (!document) return document.error();
    voice::WebhookFacts facts;
    facts.organisation = policies_->organisation;
    facts.language = policies_->language;
    facts.name = content_field(*document, "name");
    facts.why = content_field(*document, "why");
    facts.url = policies_->public_url + "/settings/webhooks";
    return Words{voice::webhook_mail(facts), false, false};
}

flow::Task<Result<TeamTeller::Words>> TeamTeller::words(MessageId id) {
    auto reading = letters_.letter(id);
    Result<flow::TeamLetter> letter = co_await std::move(reading);
    if (!letter) co_return letter.error();
    if (letter->about == "refused") co_return refusal(*letter);
    if (letter->about == "entrance") co_return entrance(id, *letter);
    if (letter->about == "webhook") co_return webhook(*letter);
    if (letter->about == "digest") {
        auto writing = digest(std::move(*letter));
        Result<Words> words = co_await std::move(writing);
        co_return words;
    }
    auto writing = notices(std::move(*letter));
    Result<Words> words = co_await std::move(writing);
    co_return words;
}

}  // namespace candour::telling
