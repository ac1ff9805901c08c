#include "voice/reminders.hpp"

#include "voice/catalogue.hpp"
#include "voice/markup.hpp"

namespace candour::voice {
namespace {

std::string what_is_owed(const ReminderFacts& facts, const Catalogue& words) {
    const std::string contact =
        facts.contact.empty() ? std::string(words["reminder.somebody"]) : one_line(facts.contact);
    if (facts.step == "another_channel" || !facts.due)
        return words.say("reminder.silent", {{"contact", contact}});
    const std::string date = words.date(*facts.due), owner = one_line(facts.owner_name);
    if (owner.empty()) return words.say("reminder.nobody", {{"contact", contact}, {"date", date}});
    return words.say("reminder.owned", {{"contact", contact}, {"date", date}, {"owner", owner}});
}

Block block(Block::Kind kind, std::string text, std::string link = {}) {
    Block one;
    one.kind = kind;
    one.text = std::move(text);
    one.link = std::move(link);
    return one;
}

}  // namespace

Mail reminder_mail(const ReminderFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    PluginMailFacts mail;
    mail.organisation = facts.organisation;
    mail.language = facts.language;
    mail.subject = words.say("reminder." + facts.step + ".subject", {{"item", facts.item}});
    mail.blocks.push_back(block(Block::Kind::text, what_is_owed(facts, words)));
    if (!facts.said.empty()) {
        mail.blocks.push_back(block(Block::Kind::text, std::string(words["reminder.said"])));
        mail.blocks.push_back(block(Block::Kind::quote, facts.said));
    }
    mail.blocks.push_back(
        block(Block::Kind::button, words.say("reminder.button", {{"item", facts.item}}), facts.item_url));
    return plugin_mail(mail);
}

}  // namespace candour::voice
