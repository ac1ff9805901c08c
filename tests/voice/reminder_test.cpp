#include "voice/reminders.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"
#include "voice/catalogue.hpp"

namespace candour::voice {
namespace {

using namespace std::chrono_literals;

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

ReminderFacts overdue(std::string language = "en") {
    ReminderFacts facts;
    facts.organisation = "Halden Systems";
    facts.language = std::move(language);
    facts.step = "hear";
    facts.item = "LP-187";
    facts.contact = "Dele Okafor, Moss Freight";
    facts.owner_name = "Priya Raman";
    facts.due = 2026y / 11 / 4;
    facts.said = "Alerts arrive <late>.";
    facts.item_url = "https://feedback.example.com/items/LP-187";
    return facts;
}

TEST(ReminderMail, SaysWhoWaitsForWhatSinceWhenAndWhoAnswersForIt) {
    const Mail mail = reminder_mail(overdue());
    EXPECT_EQ(mail.subject, "LP-187 is overdue: say what we heard");
    for (const std::string& part : {mail.text, mail.html})
        for (const char* words : {"Dele Okafor, Moss Freight waits", "4 November", "Priya Raman",
                                  "https://feedback.example.com/items/LP-187"})
            EXPECT_TRUE(has(part, words)) << words << "\n" << part;
    EXPECT_TRUE(has(mail.text, "Alerts arrive <late>."));
    EXPECT_TRUE(has(mail.html, "Alerts arrive &lt;late&gt;."));
}

TEST(ReminderMail, HasASentenceForEveryStepInEveryLanguage) {
    for (const Catalogue& words : catalogues())
        for (const char* step : {"hear", "decide", "change", "tell", "another_channel"}) {
            ReminderFacts facts = overdue(words.language());
            facts.step = step;
            const Mail mail = reminder_mail(facts);
            EXPECT_TRUE(has(mail.subject, "LP-187")) << mail.subject;
            EXPECT_FALSE(has(mail.subject + mail.text, "reminder.")) << mail.text;
            EXPECT_FALSE(has(mail.text, "{")) << mail.text;
        }
}

TEST(ReminderMail, SaysThatNobodyAnswersForItAndNamesNobodyItDoesNotKnow) {
    ReminderFacts facts = overdue();
    facts.owner_name = "";
    facts.contact = "";
    facts.said = "";
    const Mail mail = reminder_mail(facts);
    EXPECT_TRUE(has(mail.text, "nobody answers for it yet")) << mail.text;
    EXPECT_TRUE(has(mail.text, "A customer waits"));
    EXPECT_FALSE(has(mail.text, "told us:"));
}

TEST(ReminderMail, AsksForAnotherWayWhenNobodyHasLooked) {
    ReminderFacts facts = overdue();
    facts.step = "another_channel";
    const Mail mail = reminder_mail(facts);
    EXPECT_TRUE(has(mail.subject, "nobody has seen what came of it"));
    EXPECT_TRUE(has(mail.text, "another way, such as a call"));
}

}  // namespace
}  // namespace candour::voice
