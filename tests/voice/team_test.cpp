#include "voice/team.hpp"

#include <gtest/gtest.h>

#include "voice/catalogue.hpp"

namespace candour::voice {
namespace {

using namespace std::chrono_literals;

bool letter_has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TeamNews news(std::string what = "overdue.hear", std::string item = "LP-187") {
    TeamNews one;
    one.url = "https://feedback.example.com/items/" + item;
    one.item = std::move(item);
    one.account = "Moss Freight";
    one.contact = "Dele Okafor, Moss Freight";
    one.what = std::move(what);
    one.owner_name = "Priya Raman";
    one.due = 2026y / 11 / 4;
    one.said = "Alerts arrive <late>.";
    return one;
}

TeamMailFacts facts(std::vector<TeamNews> all, std::string language = "en") {
    TeamMailFacts mail;
    mail.organisation = "Halden Systems";
    mail.language = std::move(language);
    mail.count = all.size();
    mail.news = std::move(all);
    mail.can_answer = true;
    return mail;
}

constexpr const char* kEverything[] = {"raised",
                                       "handed_on",
                                       "answered_again",
                                       "corrected",
                                       "replied",
                                       "closing_answered",
                                       "seen",
                                       "confirmed",
                                       "undeliverable",
                                       "bounced",
                                       "message_bounced",
                                       "reopened",
                                       "overdue.hear",
                                       "overdue.decide",
                                       "overdue.change",
                                       "overdue.tell",
                                       "overdue.another_channel",
                                       "due.hear",
                                       "due.decide",
                                       "due.change",
                                       "due.tell"};

TEST(TeamMail, SaysWhoWaitsForWhatSinceWhenAndWhoAnswersForIt) {
    const Mail mail = team_mail(facts({news()}));
    EXPECT_EQ(mail.subject, "LP-187, Moss Freight: overdue, say what we heard");
    for (const std::string& part : {mail.text, mail.html})
        for (const char* words : {"Dele Okafor, Moss Freight waits", "4 November", "Priya Raman",
                                  "https://feedback.example.com/items/LP-187"})
            EXPECT_TRUE(letter_has(part, words)) << words << "\n" << part;
    EXPECT_TRUE(letter_has(mail.text, "Alerts arrive <late>."));
    EXPECT_TRUE(letter_has(mail.html, "Alerts arrive &lt;late&gt;."));
}

TEST(TeamMail, HasASentenceForEverythingInEveryLanguage) {
    for (const Catalogue& words : catalogues())
        for (const char* what : kEverything)
            for (const bool watching : {false, true}) {
                TeamNews one = news(what);
                one.watching = watching;
                const Mail mail = team_mail(facts({one}, words.language()));
                EXPECT_TRUE(letter_has(mail.subject, "LP-187")) << mail.subject;
                EXPECT_TRUE(letter_has(mail.subject, "Moss Freight")) << mail.subject;
                EXPECT_FALSE(letter_has(mail.subject + mail.text, "team.")) << mail.text;
                EXPECT_FALSE(letter_has(mail.text, "{")) << mail.text;
            }
}

TEST(TeamMail, TellsOfSomebodyWhoMattersInEveryLanguage) {
    for (const Catalogue& words : catalogues())
        for (const char* what :
             {"contact_unreachable", "contact_opted_out", "contact_left", "contact_silent"}) {
            TeamNews one = news(what, "");
            one.contact = "Dele Okafor";
            one.due = std::nullopt;
            one.said.clear();
            one.reason = "550 5.1.1 no such user";
            const Mail mail = team_mail(facts({one}, words.language()));
            for (const char* part : {"Moss Freight", "Dele Okafor"})
                EXPECT_TRUE(letter_has(mail.subject, part)) << mail.subject;
            EXPECT_TRUE(letter_has(mail.text, "no such user")) << mail.text;
            EXPECT_FALSE(letter_has(mail.subject + mail.text, "team.")) << mail.text;
            EXPECT_FALSE(letter_has(mail.text, "{")) << mail.text;
        }
}

TEST(TeamMail, SaysHowManyThingsAreInOneMail) {
    const Mail of_two = team_mail(facts({news("replied"), news("handed_on"), news("reopened", "LP-3")}));
    EXPECT_EQ(of_two.subject, "3 things happened, 2 items");
    for (const char* line : {"LP-187, Moss Freight: they wrote back",
                             "LP-187, Moss Freight: yours from now on", "LP-3, Moss Freight: open again"})
        EXPECT_TRUE(letter_has(of_two.text, line)) << of_two.text;
    EXPECT_TRUE(letter_has(of_two.text, "LP-187 note: …")) << "an answer letter_has to name its item";
    const Mail of_one = team_mail(facts({news("replied"), news("seen")}));
    EXPECT_EQ(of_one.subject, "LP-187, Moss Freight: 2 things happened");
    EXPECT_FALSE(letter_has(of_one.text, "LP-187 note: …"));
}

TEST(TeamMail, SaysHowManyItDoesNotShow) {
    TeamMailFacts many = facts({news("replied"), news("replied", "LP-3")});
    many.count = 30;
    many.all_url = "https://feedback.example.com/";
    const Mail mail = team_mail(many);
    EXPECT_EQ(mail.subject, "30 things happened, 2 items");
    EXPECT_TRUE(letter_has(mail.text, "And 28 more.")) << mail.text;
}

TEST(TeamMail, NamesNobodyItDoesNotKnowAndOffersNoAnswerWhereNoneComesIn) {
    TeamNews one = news();
    one.owner_name = one.contact = one.account = one.said = "";
    TeamMailFacts alone = facts({one});
    alone.can_answer = false;
    const Mail mail = team_mail(alone);
    EXPECT_TRUE(letter_has(mail.text, "nobody answers for it yet")) << mail.text;
    EXPECT_TRUE(letter_has(mail.text, "A customer waits"));
    EXPECT_FALSE(letter_has(mail.text, "told us:"));
    EXPECT_FALSE(letter_has(mail.text, "note:"));
}

TEST(TeamMail, KeepsALineALine) {
    TeamNews one = news("replied");
    one.account = "Moss\r\nBcc: everybody@example.org";
    const Mail mail = team_mail(facts({one}));
    EXPECT_EQ(mail.subject.find_first_of("\r\n"), std::string::npos) << mail.subject;
}

TEST(TeamDigest, ListsWhatIsOwedAndWhatHappened) {
    for (const Catalogue& words : catalogues()) {
        TeamDigestFacts digest;
        digest.organisation = "Halden Systems";
        digest.language = words.language();
        digest.on = 2026y / 11 / 4;
        digest.open_items = 31;
        digest.overdue.lines = {news("due.hear", "LP-1")};
        digest.overdue.more = 9;
        digest.today.lines = {news("due.decide", "LP-2")};
        digest.quiet.lines = {news("overdue.another_channel", "LP-3")};
        digest.news.lines = {news("replied", "LP-4")};
        digest.url = "https://feedback.example.com/";
        const Mail mail = team_digest(digest);
        EXPECT_TRUE(letter_has(mail.subject, "31")) << mail.subject;
        for (const char* item : {"LP-1", "LP-2", "LP-3", "LP-4"})
            EXPECT_TRUE(letter_has(mail.text, item)) << item;
        EXPECT_TRUE(letter_has(mail.text, "9"));
        EXPECT_TRUE(letter_has(mail.text, "https://feedback.example.com/"));
        EXPECT_FALSE(letter_has(mail.subject + mail.text, "team.")) << mail.text;
        EXPECT_FALSE(letter_has(mail.text, "{")) << mail.text;
    }
}

TEST(TeamRefusal, SaysWhatWasNotDoneAndHowToDoIt) {
    for (const Catalogue& words : catalogues())
        for (const char* reason :
             {"no_word", "which_item", "moved_on", "too_old", "other_address", "not_possible"}) {
            TeamRefusalFacts refusal;
            refusal.organisation = "Halden Systems";
            refusal.language = words.language();
            refusal.reason = reason;
            refusal.detail = "by: expected a date";
            refusal.from = "eve@example.org";
            refusal.item = "LP-187";
            refusal.url = "https://feedback.example.com/items/LP-187";
            const Mail mail = team_refusal(refusal);
            EXPECT_FALSE(letter_has(mail.subject + mail.text, "team.")) << mail.text;
            EXPECT_FALSE(letter_has(mail.text, "{")) << mail.text;
            EXPECT_TRUE(letter_has(mail.text, refusal.url));
            EXPECT_EQ(letter_has(mail.text, "decided: …"), std::string(reason) != "other_address")
                << mail.text;
        }
}

TEST(EntranceMail, CarriesTheLinkAndSaysWhatToDoWhenItIsNotWanted) {
    for (const Catalogue& words : catalogues())
        for (const char* purpose : {"invite", "reset", "unlock"}) {
            const std::string link = "https://feedback.example.com/sign-in#link=0123";
            const Mail mail = entrance_mail({"Halden Systems", words.language(), purpose, link});
            EXPECT_FALSE(letter_has(mail.subject + mail.text, "entrance.")) << mail.text;
            EXPECT_FALSE(letter_has(mail.subject + mail.text, "{")) << mail.text;
            EXPECT_TRUE(letter_has(mail.text, link));
            EXPECT_TRUE(letter_has(mail.html, link));
        }
}

TEST(WebhookMail, SaysInEveryLanguageWhichOneAndWhatItAnsweredLast) {
    for (const Catalogue& words : catalogues()) {
        const Mail mail = webhook_mail({"Halden Systems", words.language(), "crm", "answered 500: no disk",
                                        "https://feedback.example.com/settings/webhooks"});
        EXPECT_TRUE(letter_has(mail.subject, "crm")) << mail.subject;
        EXPECT_TRUE(letter_has(mail.text, "answered 500: no disk")) << mail.text;
        EXPECT_TRUE(letter_has(mail.text, "https://feedback.example.com/settings/webhooks")) << mail.text;
        EXPECT_FALSE(letter_has(mail.subject + mail.text, "webhook.")) << mail.text;
    }
}

}  // namespace
}  // namespace candour::voice
