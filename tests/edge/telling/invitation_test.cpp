/// A campaign's mail: a plugin's words in the house's layout, with what providers and readers are owed around
/// them.
#include <gtest/gtest.h>

#include "edge/mail/reading.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/telling/composer.hpp"

namespace candour::telling {
namespace {

using store::contract::World;

class Voice final : public flow::Voices {
 public:
    flow::Task<Result<std::string>> compose(flow::WordsRequest request) override {
        asked = std::move(request);
        Result<std::string> reply = words;
        co_return reply;
    }
    Result<std::string> asks_about(const std::string&) const override { return std::string("v1"); }

    flow::WordsRequest asked;
    Result<std::string> words = std::string(
        R"({"subject":"Wie ist es?","heading":"Wie wahrscheinlich?","blocks":[{"type":"text","text":"Guten Tag"},)"
        R"({"type":"scale","from":0,"to":10,"lowest":"unwahrscheinlich","highest":"wahrscheinlich"}]})");
};

class Invitation : public testing::Test {
 protected:
    Invitation() {
        policies->organisation = "Halden Systems";
        policies->public_url = "https://feedback.example.com";
        policies->address_line = "Storgata 5, Oslo";
        message.id = MessageId(IdBytes{7});
        message.kind = core::MessageKind::invitation;
        message.plugin = "relationship_nps";
        message.about = "relationship-1";
        message.campaign = "cmp_1";
        message.contact_name = "Dele Okafor";
        message.account_name = "Moss Freight";
        message.address = "dele@moss.example";
        message.language = "de";
        message.created_at = core::Instant{std::chrono::microseconds{1'750'000'000'000'000}};
    }
    Result<flow::Composed> compose() {
        Composer composer(world.items, voice, world.team_mail, tokens, policies,
                          {"Halden Systems", "loop@halden.example", ""});
        return world.run(composer.compose(message));
    }
    /// Unfolded; "" when the mail has no such field.
    static std::string field(const std::string& mail, const std::string& name) {
        const std::size_t at = mail.find("\r\n" + name + ": ");
        if (at == std::string::npos) return {};
        std::string value;
        for (std::size_t from = at + name.size() + 4;;) {
            const std::size_t end = mail.find("\r\n", from);
            value += mail.substr(from, end - from);
            from = end + 2;
            if (mail[from] != ' ' && mail[from] != '\t') return value;
        }
    }

    World world{store::Dialect::sqlite};
    Voice voice;
    crypto::LinkTokens tokens{{std::string(32, 'k')}};
    std::shared_ptr<core::Policies> policies = std::make_shared<core::Policies>();
    flow::DueMessage message;
};

TEST_F(Invitation, CarriesTheFieldsThatProvidersExpectOfBulkMail) {
    const auto mail = compose();
    ASSERT_TRUE(mail) << mail.error().message;
    const std::string url =
        "https://feedback.example.com/u/" + tokens.issue(crypto::LinkPurpose::preferences, message.id);
    EXPECT_EQ(field(mail->content, "List-Unsubscribe"), "<" + url + ">");
    EXPECT_EQ(field(mail->content, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    EXPECT_EQ(field(mail->content, "List-Id"), "<relationship_nps.halden.example>");
    EXPECT_EQ(field(mail->content, "Feedback-ID"), "cmp_1:relationship_nps:candour:halden.example");
    EXPECT_EQ(field(mail->content, "Precedence"), "bulk");
    EXPECT_EQ(field(mail->content, "X-Auto-Response-Suppress"), "OOF, AutoReply");
    EXPECT_EQ(field(mail->content, "Auto-Submitted"), "auto-generated");
    EXPECT_EQ(field(mail->content, "Content-Language"), "de");
    EXPECT_EQ(mail->content.find("dele@moss.example", mail->content.find("Feedback-ID")), std::string::npos)
        << "the person is in To and nowhere else";
}

TEST_F(Invitation, NamesTheAddressesThatLeadAnswersAndWishesBackToIt) {
    Composer composer(world.items, voice, world.team_mail, tokens, policies,
                      {"Halden Systems", "loop@halden.example", "answers@in.halden.example"});
    const auto mail = world.run(composer.compose(message));
    ASSERT_TRUE(mail) << mail.error().message;
    const std::string token = tokens.issue(crypto::LinkPurpose::reply, message.id);
    EXPECT_EQ(field(mail->content, "Reply-To"), "answers+" + token + "@in.halden.example");
    EXPECT_EQ(mail->sender, "bounce+" + token + "@in.halden.example");
    EXPECT_EQ(field(mail->content, "Message-Id"), "<" + message.id.text() + "@halden.example>");
    EXPECT_NE(
        field(mail->content, "List-Unsubscribe").find("<mailto:unsubscribe+" + token + "@in.halden.example>"),
        std::string::npos)
        << field(mail->content, "List-Unsubscribe");
}

TEST_F(Invitation, LeadsEachNumberToThePageAndTheFootToTheWayOut) {
    const auto mail = compose();
    ASSERT_TRUE(mail);
    const auto letter = mail::open_letter(mail->content);
    ASSERT_TRUE(letter) << letter.error().message;
    const std::string page =
        "https://feedback.example.com/s/" + tokens.issue(crypto::LinkPurpose::survey, message.id);
    for (int number = 0; number <= 10; ++number) {
        EXPECT_NE(letter->html.find("href=\"" + page + "?a=" + std::to_string(number) + "\""),
                  std::string::npos)
            << number;
        EXPECT_NE(letter->text.find(page + "?a=" + std::to_string(number) + "\r\n"), std::string::npos)
            << number;
    }
    const std::string way_out =
        "https://feedback.example.com/u/" + tokens.issue(crypto::LinkPurpose::preferences, message.id);
    EXPECT_NE(letter->html.find(way_out), std::string::npos)
        << "also for people whose program shows no button";
    EXPECT_NE(letter->text.find(way_out), std::string::npos);
    EXPECT_NE(letter->text.find("Storgata 5, Oslo"), std::string::npos);
    EXPECT_EQ(letter->subject, "Wie ist es?");
}

TEST_F(Invitation, LeadsTheButtonOfAnAnswerToTheReadersOwnPage) {
    voice.words = std::string(
        R"({"subject":"Fragen","blocks":[{"type":"text","text":"Dele Okafor"},{"type":"answer","text":"Jetzt antworten"}]})");
    for (const unsigned char reader : {7, 8}) {
        message.id = MessageId(IdBytes{reader});
        const auto mail = compose();
        ASSERT_TRUE(mail) << mail.error().message;
        const auto letter = mail::open_letter(mail->content);
        ASSERT_TRUE(letter) << letter.error().message;
        const std::string page =
            "https://feedback.example.com/s/" + tokens.issue(crypto::LinkPurpose::survey, message.id);
        EXPECT_NE(letter->html.find("href=\"" + page + "\""), std::string::npos);
        EXPECT_NE(letter->text.find("Jetzt antworten\r\n" + page + "\r\n"), std::string::npos)
            << letter->text;
    }
}

TEST_F(Invitation, AsksThePluginInTheReadersLanguageAboutWhatTheMessageAsks) {
    ASSERT_TRUE(compose());
    EXPECT_EQ(voice.asked.plugin, "relationship_nps");
    EXPECT_EQ(voice.asked.kind, "invitation");
    EXPECT_EQ(voice.asked.language, "de");
    EXPECT_EQ(voice.asked.about, "relationship-1");
    EXPECT_EQ(voice.asked.contact_name, "Dele Okafor");
    EXPECT_EQ(voice.asked.account_name, "Moss Freight");
    message.language.clear();
    ASSERT_TRUE(compose());
    EXPECT_EQ(voice.asked.language, "en") << "the house's own";
}

TEST_F(Invitation, IsTheSameBytesInEveryAttempt) {
    const std::string first = compose()->content;
    message.attempts = 2;
    EXPECT_EQ(compose()->content, first);
}

TEST_F(Invitation, IsNotWrittenWhenItsPluginHasNoWords) {
    voice.words = Error{ErrorCode::unavailable, "plugin relationship_nps is suspended"};
    EXPECT_EQ(compose().error().code, ErrorCode::unavailable);
    voice.words = std::string(R"({"subject":"x","blocks":[{"type":"scale","from":3,"to":1}]})");
    EXPECT_EQ(compose().error().code, ErrorCode::invalid);
    voice.words = std::string("no json");
    EXPECT_EQ(compose().error().code, ErrorCode::invalid);
}

TEST_F(Invitation, SaysWhatTheOrganisationSaysItself) {
    message.words =
        R"({"invitation":{"de":{"subject":"Kurz gefragt, {{contact}}","text":"Für {{account}}"}}})";
    const auto mail = compose();
    ASSERT_TRUE(mail) << mail.error().message;
    EXPECT_EQ(mail->subject, "Kurz gefragt, Dele Okafor");
    const auto letter = mail::open_letter(mail->content);
    ASSERT_TRUE(letter);
    EXPECT_NE(letter->html.find("Für Moss Freight"), std::string::npos);
    message.language = "fr";
    EXPECT_EQ(compose()->subject, "Wie ist es?")
        << "a reader of another language gets the plugin's words alone";
}

TEST_F(Invitation, OfAReminderLeadsToTheInvitationsOwnPage) {
    message.reminder = 1;
    message.invitation = MessageId(IdBytes{9});
    const auto mail = compose();
    ASSERT_TRUE(mail) << mail.error().message;
    EXPECT_EQ(voice.asked.kind, "reminder");
    const auto letter = mail::open_letter(mail->content);
    ASSERT_TRUE(letter);
    EXPECT_NE(letter->html.find(tokens.issue(crypto::LinkPurpose::survey, message.invitation)),
              std::string::npos);
    EXPECT_EQ(letter->html.find(tokens.issue(crypto::LinkPurpose::survey, message.id)), std::string::npos);
}

/// A wave's letters are forms filled in; whoever is asked without a campaign gets one composed for them
/// alone.
class Wave : public Invitation {
 protected:
    Wave() {
        voice.words =
            std::string(R"({"subject":"Ann, wie ist es?","heading":"Guten Tag, Ann","blocks":[)"
                        R"({"type":"text","text":"Ann <Ops> von Ann GmbH\nDeutschland: Annahme"},)"
                        R"({"type":"button","text":"Für Ann","link":"https://ann.example/Ann?Ann"},)"
                        R"({"type":"scale","from":0,"to":10,"lowest":"Ann","highest":"Ann GmbH"}]})");
    }
    mail::OpenedLetter opened(const flow::DueMessage& due) {
        auto written = world.run(composer.compose(due));
        EXPECT_TRUE(written) << written.error().message;
        last = *std::move(written);
        auto letter = mail::open_letter(last.content);
        EXPECT_TRUE(letter) << letter.error().message;
        return *std::move(letter);
    }
    void reads_the_same_alone(const flow::DueMessage& due) {
        const mail::OpenedLetter wave = opened(due);
        const flow::Composed of_wave = last;
        flow::DueMessage single = due;
        single.campaign.clear();
        const mail::OpenedLetter alone = opened(single);
        EXPECT_EQ(of_wave.subject, last.subject);
        EXPECT_EQ(of_wave.sender, last.sender);
        EXPECT_EQ(wave.to, alone.to);
        EXPECT_EQ(wave.from, alone.from);
        EXPECT_EQ(wave.subject, alone.subject);
        EXPECT_EQ(wave.text, alone.text);
        EXPECT_EQ(wave.html, alone.html);
        for (const char* name : {"Message-Id", "Date", "Reply-To", "List-Unsubscribe", "X-Candour-Loop"})
            EXPECT_EQ(field("\r\n" + of_wave.content, name), field("\r\n" + last.content, name)) << name;
    }
    void ask(const std::string& name, const std::string& account) {
        message.id = MessageId(IdBytes{++asked});
        message.contact_name = name;
        message.account_name = account;
        message.created_at += std::chrono::seconds(7);
    }

    Composer composer{
        world.items, voice,    world.team_mail,
        tokens,      policies, {"Halden Systems", "loop@halden.example", "answers@in.halden.example"}};
    flow::Composed last;
    unsigned char asked = 20;
};

TEST_F(Wave, SaysToEachReaderWhatALetterToThemAloneWouldSay) {
    const std::vector<std::pair<std::string, std::string>> readers{
        {"Ann", "Ann GmbH"}, {"Ann GmbH", "Ann"},  {"Ann", "Ann"},          {"", ""},
        {"Ann ", "Ann"},     {"A", "wie ist es?"}, {"Guten  Tag", "Für"},   {"Ann <Ops>", "Deutschland"},
        {"https", "scale"},  {"ist", "9"},         {"\"Ann\" & Co", "Søn"}, {"Tag, Ann", "Ann"}};
    for (const auto& [name, account] : readers) {
        SCOPED_TRACE(name + " of " + account);
        ask(name, account);
        reads_the_same_alone(message);
    }
}

TEST_F(Wave, GivesTheOrganisationsOwnWordsWithEachReadersNames) {
    message.words =
        R"({"invitation":{"de":{"subject":"Kurz gefragt, {{contact}}","text":"Für {{account}} <b>&\n{{contact}}"}}})";
    for (const char* name : {"Åse Sønder", "<script>", "{{contact}}"}) {
        ask(name, "Moss & Søn");
        reads_the_same_alone(message);
        EXPECT_EQ(last.subject, std::string("Kurz gefragt, ") + name);
    }
}

TEST_F(Wave, KeepsItsCampaignsAndItsRemindersApart) {
    ask("Ann", "Moss");
    opened(message);
    EXPECT_EQ(field(last.content, "Feedback-ID").substr(0, 6), "cmp_1:");
    message.campaign = "cmp_2";
    opened(message);
    EXPECT_EQ(field(last.content, "Feedback-ID").substr(0, 6), "cmp_2:");
    message.reminder = 1;
    message.invitation = MessageId(IdBytes{9});
    reads_the_same_alone(message);
    EXPECT_NE(opened(message).html.find(tokens.issue(crypto::LinkPurpose::survey, message.invitation)),
              std::string::npos);
}

TEST_F(Wave, SpeaksAsTheBrandIsNow) {
    ask("Ann", "Moss");
    const std::string before = opened(message).html;
    policies->organisation = "Halden Group";
    EXPECT_NE(opened(message).html, before);
    EXPECT_NE(opened(message).html.find("Halden Group"), std::string::npos);
}

TEST_F(Wave, WritesManyMoreLettersThanItKeepsForms) {
    for (int each = 0; each < 100; ++each) {
        ask("Ann", "Moss");
        message.campaign = "cmp_" + std::to_string(each);
        opened(message);
        EXPECT_EQ(field(last.content, "Feedback-ID").find(message.campaign + ":"), 0U);
    }
}

TEST_F(Invitation, ShowsWhatHearWouldSendBeforeAnybodyHeard) {
    Composer composer(world.items, voice, world.team_mail, tokens, policies,
                      {"Halden Systems", "loop@halden.example", ""});
    const ItemId item = world.raise();
    const auto shown =
        world.run(composer.preview_heard(item, "You wait too long <for us>.", "Grace", world.clock.now()));
    ASSERT_TRUE(shown) << shown.error().message;
    EXPECT_NE(shown->text.find("You wait too long <for us>."), std::string::npos) << shown->text;
    EXPECT_NE(shown->html.find("You wait too long &lt;for us&gt;."), std::string::npos);
    EXPECT_EQ(world.item(item).state, core::State::raised) << "looking changes nothing";
    world.hear(item);
    EXPECT_EQ(world.run(composer.preview_heard(item, "Again", "Grace", world.clock.now())).error().code,
              ErrorCode::conflict);
    EXPECT_EQ(world.run(composer.preview_heard(item, "", "Grace", world.clock.now())).error().code,
              ErrorCode::invalid);
}

TEST_F(Invitation, ShowsOfWhatWeHeardExactlyTheMailThatThenLeaves) {
    Composer composer(world.items, voice, world.team_mail, tokens, policies,
                      {"Halden Systems", "loop@halden.example", ""});
    const ItemId item = world.raise();
    const auto shown = world.run(composer.preview_heard(item, "You wait too long.", "", world.clock.now()));
    ASSERT_TRUE(shown) << shown.error().message;
    ASSERT_TRUE(world.run(world.loop.hear(world.on(item), "You wait too long.", true)));
    for (const flow::DueMessage& due : world.claim()) {
        if (due.kind != core::MessageKind::heard) continue;
        const auto left = world.run(composer.compose(due));
        ASSERT_TRUE(left) << left.error().message;
        EXPECT_EQ(left->subject, shown->subject);
        const auto opened = mail::open_letter(left->content);
        ASSERT_TRUE(opened) << opened.error().message;
        std::string html = opened->html;
        std::erase(html, '\r');  // a mail's lines end as SMTP wants them
        const std::string link = composer.page_url(due.id), nowhere = policies->public_url + "/l/…";
        for (std::size_t at = html.find(link); at != std::string::npos; at = html.find(link))
            html.replace(at, link.size(), nowhere);
        EXPECT_EQ(html, shown->html);
        return;
    }
    FAIL() << "no mail of what was heard";
}

}  // namespace
}  // namespace candour::telling
