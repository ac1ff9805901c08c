#include "voice/team.hpp"

#include <algorithm>
#include <set>

#include "voice/catalogue.hpp"
#include "voice/markup.hpp"

namespace candour::voice {
namespace {

Block block(Block::Kind kind, std::string text, std::string link = {}) {
    Block one;
    one.kind = kind;
    one.text = std::move(text);
    one.link = std::move(link);
    return one;
}

PluginMailFacts letter(const std::string& organisation, const std::string& language, std::string subject) {
    PluginMailFacts mail;
    mail.organisation = organisation;
    mail.language = language;
    mail.subject = std::move(subject);
    return mail;
}

std::string who_of(const std::string& name, const Catalogue& words) {
    return name.empty() ? std::string(words["team.somebody"]) : one_line(name);
}

/// Whoever only watches owns nothing.
std::string key_of(const TeamNews& news) {
    if (news.watching && news.what == "raised") return "team.new";
    if (news.watching && news.what == "handed_on") return "team.moved";
    return "team." + news.what;
}

std::string headline(const TeamNews& news, const Catalogue& words) {
    const std::string date = news.due ? words.date(*news.due) : std::string();
    return words.say(key_of(news), {{"item", news.item},
                                    {"who", who_of(news.account, words)},
                                    {"contact", who_of(news.contact, words)},
                                    {"date", date}});
}

/// Of a person instead of an item: the headline says it all.
bool is_about_a_person(const TeamNews& news) {
    return news.item.empty();
}

/// A mail server's last word, as the end of a sentence of ours.
std::string reason_of(const TeamNews& news) {
    std::string reason = one_line(news.reason);
    while (reason.ends_with('.')) reason.pop_back();
    return reason;
}

/// What the headline leaves open; empty when it says all.
std::string detail(const TeamNews& news, const Catalogue& words) {
    const std::string contact = who_of(news.contact, words);
    if (news.what == "overdue.another_channel") return words.say("team.silent", {{"contact", contact}});
    if (news.what == "closing_answered" && !news.watching) return std::string(words["team.judge"]);
    if (!news.reason.empty())
        return words.say("team.undelivered", {{"contact", contact}, {"reason", reason_of(news)}});
    if (!news.due) return {};
    const std::string date = words.date(*news.due), owner = one_line(news.owner_name);
    if (!news.what.starts_with("overdue."))
        return news.what.starts_with("due.") ? std::string() : words.say("team.next_due", {{"date", date}});
    if (owner.empty()) return words.say("team.nobody", {{"contact", contact}, {"date", date}});
    return words.say("team.owned", {{"contact", contact}, {"date", date}, {"owner", owner}});
}

void add_text(std::vector<Block>& blocks, std::string text) {
    if (!text.empty()) blocks.push_back(block(Block::Kind::text, std::move(text)));
}

void add_news(std::vector<Block>& blocks, const TeamNews& news, bool alone, const Catalogue& words) {
    if (!alone) add_text(blocks, headline(news, words));
    if (alone && !is_about_a_person(news) && !news.contact.empty() && !news.what.starts_with("overdue."))
        add_text(blocks, one_line(news.contact));
    add_text(blocks, detail(news, words));
    if (!news.said.empty()) {
        if (alone) add_text(blocks, std::string(words["team.said"]));
        blocks.push_back(block(Block::Kind::quote, news.said));
    }
    if (news.watching) add_text(blocks, std::string(words["team.watching"]));
    const std::string button = is_about_a_person(news) ? std::string(words["team.open_people"])
                                                       : words.say("team.open", {{"item", news.item}});
    blocks.push_back(block(Block::Kind::button, button, news.url));
}

std::string subject_of(const std::vector<TeamNews>& news, std::size_t all, std::size_t items,
                       const Catalogue& words) {
    if (news.size() == 1) return headline(news.front(), words);
    const std::string count = std::to_string(std::max(all, news.size()));
    if (items == 1 && !is_about_a_person(news.front()))
        return words.say(
            "team.several.subject",
            {{"item", news.front().item}, {"who", who_of(news.front().account, words)}, {"count", count}});
    return words.say("team.group.subject", {{"count", count}, {"items", std::to_string(items)}});
}

std::string how_to_answer(const std::vector<TeamNews>& news, std::size_t items, const Catalogue& words) {
    if (items > 1) return words.say("team.reply_item", {{"item", news.front().item}});
    return std::string(words["team.reply"]);
}

void add_list(std::vector<Block>& blocks, const TeamList& list, const char* title, const Catalogue& words) {
    if (list.lines.empty()) return;
    std::string text(words[title]);
    for (const TeamNews& line : list.lines) text += "\n" + headline(line, words);
    if (list.more > 0) text += "\n" + words.say("team.digest.more", {{"count", std::to_string(list.more)}});
    add_text(blocks, std::move(text));
}

}  // namespace

Mail team_mail(const TeamMailFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    std::set<std::string> items;
    for (const TeamNews& news : facts.news)
        items.insert(is_about_a_person(news) ? news.account + "\n" + news.contact : news.item);
    PluginMailFacts mail =
        letter(facts.organisation, facts.language, subject_of(facts.news, facts.count, items.size(), words));
    for (const TeamNews& news : facts.news) add_news(mail.blocks, news, facts.news.size() == 1, words);
    if (facts.count > facts.news.size())
        mail.blocks.push_back(
            block(Block::Kind::button,
                  words.say("team.digest.more", {{"count", std::to_string(facts.count - facts.news.size())}}),
                  facts.all_url));
    if (facts.can_answer) {
        add_text(mail.blocks, how_to_answer(facts.news, items.size(), words));
        add_text(mail.blocks, std::string(words["team.reply_more"]));
    }
    return plugin_mail(mail);
}

Mail team_digest(const TeamDigestFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    PluginMailFacts mail =
        letter(facts.organisation, facts.language,
               words.say("team.digest.subject",
                         {{"date", words.date(facts.on)}, {"count", std::to_string(facts.open_items)}}));
    add_list(mail.blocks, facts.news, "team.digest.news", words);
    add_list(mail.blocks, facts.overdue, "team.digest.overdue", words);
    add_list(mail.blocks, facts.today, "team.digest.today", words);
    add_list(mail.blocks, facts.quiet, "team.digest.quiet", words);
    mail.blocks.push_back(block(Block::Kind::button, std::string(words["team.digest.button"]), facts.url));
    return plugin_mail(mail);
}

Mail entrance_mail(const EntranceFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    const std::string key = "entrance." + facts.purpose;
    const std::string house = one_line(facts.organisation);
    PluginMailFacts mail =
        letter(facts.organisation, facts.language, words.say(key + ".subject", {{"organisation", house}}));
    add_text(mail.blocks, words.say(key + ".text", {{"organisation", house}}));
    mail.blocks.push_back(block(Block::Kind::button, std::string(words[key + ".button"]), facts.url));
    add_text(mail.blocks, std::string(words[key + ".else"]));
    return plugin_mail(mail);
}

Mail webhook_mail(const WebhookFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    const std::string name = one_line(facts.name);
    PluginMailFacts mail =
        letter(facts.organisation, facts.language, words.say("webhook.subject", {{"name", name}}));
    add_text(mail.blocks, words.say("webhook.text", {{"name", name}}));
    mail.blocks.push_back(block(Block::Kind::quote, one_line(facts.why)));
    mail.blocks.push_back(block(Block::Kind::button, std::string(words["webhook.button"]), facts.url));
    add_text(mail.blocks, std::string(words["webhook.else"]));
    return plugin_mail(mail);
}

Mail team_refusal(const TeamRefusalFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    PluginMailFacts mail =
        letter(facts.organisation, facts.language, std::string(words["team.refused.subject"]));
    add_text(mail.blocks, words.say("team.refused." + facts.reason, {{"item", facts.item},
                                                                     {"detail", one_line(facts.detail)},
                                                                     {"from", one_line(facts.from)}}));
    if (!facts.said.empty()) {
        add_text(mail.blocks, std::string(words["team.refused.said"]));
        mail.blocks.push_back(block(Block::Kind::quote, facts.said));
    }
    if (facts.reason != "other_address") {
        add_text(mail.blocks, std::string(words["team.reply"]));
        add_text(mail.blocks, std::string(words["team.reply_more"]));
    }
    const std::string button = facts.item.empty() ? std::string(words["team.digest.button"])
                                                  : words.say("team.open", {{"item", facts.item}});
    mail.blocks.push_back(block(Block::Kind::button, button, facts.url));
    return plugin_mail(mail);
}

}  // namespace candour::voice
