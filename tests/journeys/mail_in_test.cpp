/// Customers write mails; what they say is answered, and what machines say changes nothing.
#include "edge/mail/intake/handing_over.hpp"
#include "journeys/journey.hpp"
#include "support/eventually.hpp"
#include "support/mail/postfix.hpp"
#include "support/postgres.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

constexpr const char* kDele = "dele@moss.example";

std::string header_of(const Letter& letter, const std::string& name) {
    const std::size_t at = letter.raw.find("\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 3;
    return letter.raw.substr(from, letter.raw.find_first_of("\r\n", from) - from);
}

struct MailText {
    std::string from = "Dele Okafor <dele@moss.example>";
    std::string to = "feedback@feedback.example";
    std::string subject = "Gate alerts";
    std::string id = "<1@moss.example>";
    std::string more;  ///< further header lines
    std::string words = "Alerts reach us after the truck has left.\r\n\r\nRegards\r\n-- \r\nDele Okafor\r\n";
};

class MailIn : public Journey {
 protected:
    MailIn() { house.take_mail_in(); }

    static std::string written(const MailText& mail) {
        return "From: " + mail.from + "\r\nTo: " + mail.to + "\r\nSubject: " + mail.subject +
               "\r\nMessage-ID: " + mail.id + "\r\nDate: Fri, 15 Jan 2027 10:00:00 +0000\r\n" + mail.more +
               "\r\n" + mail.words;
    }
    Done try_to_deliver(const std::string& bytes, const std::string& sender,
                        const std::string& recipient) const {
        mail::IntakeConfig server;
        server.port = house.intake();
        return mail::hand_over(server, {sender, {recipient}, bytes});
    }
    /// As the mail server beside us would.
    void deliver(const std::string& bytes, const std::string& sender = kDele,
                 const std::string& recipient = "feedback@feedback.example") const {
        const Done kept = try_to_deliver(bytes, sender, recipient);
        if (!kept) throw std::runtime_error(kept.error().message);
    }
    json::value mail(int id) const { return get("/api/v1/mails/" + std::to_string(id)); }
    /// The mail with this number has come to its end, or waits for a person. Throws when it does not.
    json::value settled(int id) const {
        json::value last;
        const auto ended = [&] {
            const Answer answer = call(http::Method::get, "/api/v1/mails/" + std::to_string(id));
            if (answer.status != 200) return false;
            last = answer.value();
            return text(last, "/state") != "received" && text(last, "/state") != "read";
        };
        if (!eventually(ended))
            throw std::runtime_error("mail " + std::to_string(id) +
                                     " is not settled: " + json::serialize(last));
        return last;
    }
    /// The address that a reader's answer goes to.
    static std::string reply_to(const Letter& letter) { return header_of(letter, "Reply-To"); }
    static std::string envelope_sender(const Letter& letter) {
        const std::string args = header_of(letter, "X-Mail-Args");
        return args.substr(args.find('<') + 1, args.find('>') - args.find('<') - 1);
    }
    static MailText answer_to(const Letter& letter, const std::string& words,
                              const std::string& id = "<2@moss.example>") {
        MailText mail;
        mail.to = reply_to(letter);
        mail.subject = "Re: " + letter.subject;
        mail.id = id;
        mail.more = "In-Reply-To: " + letter.message_id + "\r\nReferences: " + letter.message_id + "\r\n";
        mail.words = words +
                     "\r\n\r\nOn Fri, 15 Jan 2027 at 10:00, Halden Systems <loop@halden.example> wrote:\r\n> "
                     "Hello Dele,\r\n> what became of it\r\n";
        return mail;
    }
    /// What a mail server says about a mail that it could not deliver.
    static std::string report(const std::string& to, const std::string& original) {
        return "From: MAILER-DAEMON@mx.moss.example (Mail Delivery System)\r\nTo: " + to +
               "\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: "
               "auto-replied\r\nMIME-Version: 1.0\r\n"
               "Message-ID: <dsn1@mx.moss.example>\r\nContent-Type: multipart/report; "
               "report-type=delivery-status; boundary=\"b\"\r\n\r\n"
               "--b\r\nContent-Type: text/plain\r\n\r\nThe mail could not be delivered.\r\n\r\n"
               "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; "
               "mx.moss.example\r\n\r\n"
               "Final-Recipient: rfc822; dele@moss.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
               "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
               "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: " +
               original + "\r\nTo: dele@moss.example\r\n\r\n--b--\r\n";
    }
    /// Dele's complaint, told about by mail; the closing letter.
    Letter told_by_mail() {
        deliver(written({}));
        settled(1);
        bring_to_changed("LP-1");
        tell_by_mail("LP-1", kDele);
        return letter(kDele, kClosing);
    }
};

TEST_P(MailIn, AComplaintIsVisiblyClosed) {
    open();
    deliver(written({}));
    EXPECT_EQ(text(settled(1), "/outcome"), "raised");
    const json::value raised = item("LP-1");
    EXPECT_NE(text(raised, "/verbatim").find("Alerts reach us after the truck has left."), std::string::npos);
    EXPECT_EQ(text(raised, "/verbatim").find("-- "), std::string::npos) << "the signature is no feedback";
    EXPECT_EQ(text(raised, "/contact/name"), "Dele Okafor");
    EXPECT_EQ(text(raised, "/score"), "null");

    const Letter thanks = letter(kDele, kAcknowledged);
    EXPECT_TRUE(reply_to(thanks).starts_with("reply+")) << reply_to(thanks);
    EXPECT_TRUE(reply_to(thanks).ends_with("@feedback.example"));
    EXPECT_TRUE(envelope_sender(thanks).starts_with("bounce+")) << header_of(thanks, "X-Mail-Args");

    bring_to_changed("LP-1");
    tell_by_mail("LP-1", kDele);
    const Letter closing = letter(kDele, kClosing);
    deliver(written(answer_to(closing, "Much better now, thank you.")), kDele, reply_to(closing));
    const json::value reply = settled(2);
    EXPECT_EQ(text(reply, "/outcome"), "replied");
    EXPECT_EQ(text(reply, "/item/alias"), "LP-1");

    const json::value waiting = item("LP-1");
    EXPECT_EQ(text(waiting, "/state"), "told") << "free text closes nothing by itself";
    EXPECT_EQ(text(waiting, "/answer_pending"), "true");
    EXPECT_EQ(text(waiting, "/evidence/strength"), "seen");
    EXPECT_EQ(text(waiting, "/evidence/source"), "reply");
    EXPECT_NE(house.command({"item", "show", "LP-1"}).find("Much better now, thank you."), std::string::npos);
    EXPECT_NE(house.command({"item", "list"}).find("read their reply"), std::string::npos);

    house.command({"item", "no-objection", "LP-1"});
    EXPECT_EQ(state("LP-1"), "visibly_closed");
    EXPECT_EQ(text(item("LP-1"), "/answer_pending"), "false");
    expect_true_ledger();
}

TEST_P(MailIn, AReplyThatObjectsBeginsAnotherRoundWithItsWords) {
    open();
    const Letter closing = told_by_mail();
    deliver(written(answer_to(closing, "Sorry, but they are still late.")), kDele, reply_to(closing));
    settled(2);
    take("LP-1", "objects", {{"note", "he is right"}});
    EXPECT_EQ(state("LP-1"), "raised");
    EXPECT_EQ(text(item("LP-1"), "/round"), "2");
    const Page page = browser().get(closing.link("/l/"));
    EXPECT_TRUE(page.says("Sorry, but they are still late.")) << page.words();
    EXPECT_FALSE(page.says("he is right")) << "notes never leave the house";
    EXPECT_EQ(step("LP-1", "no-objection").status, 409U) << "there is nothing left to judge";
    expect_true_ledger();
}

TEST_P(MailIn, WordsAboutAnOlderMailOfOursReachTheItem) {
    open();
    deliver(written({}));
    settled(1);
    const Letter thanks = letter(kDele, kAcknowledged);
    deliver(written(answer_to(thanks, "It is the north gate, by the way.")), kDele, reply_to(thanks));
    EXPECT_EQ(text(settled(2), "/outcome"), "replied");
    EXPECT_EQ(events("LP-1"), (std::vector<std::string>{"raised", "replied"}));
    EXPECT_EQ(items(), 1U);
}

TEST_P(MailIn, OneMailMakesOneItemHoweverOftenItComes) {
    open();
    for (const char* recipient :
         {"feedback@feedback.example", "feedback@feedback.example", "support@feedback.example"})
        deliver(written({}), kDele, recipient);
    deliver("Received: from elsewhere by mx2\r\n" + written({}), kDele);
    const auto outcomes = [&] {
        std::multiset<std::string> all;
        const json::value page = get("/api/v1/mails");
        for (const json::value& one : page.at("mails").as_array()) all.insert(text(one, "/outcome"));
        return all;
    };
    // The same bytes for the same recipient are not even another mail.
    EXPECT_TRUE(eventually([&] {
        return outcomes() == std::multiset<std::string>{"duplicate", "duplicate", "raised"};
    })) << json::serialize(get("/api/v1/mails"));
    EXPECT_EQ(items(), 1U);
    EXPECT_EQ(events("LP-1"), std::vector<std::string>{"raised"});
    let_the_mail_go();
    EXPECT_EQ(letters(kDele, kAcknowledged).size(), 1U);
}

TEST_P(MailIn, ASpoofedSenderGetsNoAnswerAndIsRemarkedOn) {
    open();
    MailText mail;
    mail.more = "Reply-To: mallory@evil.example\r\n";
    deliver(written(mail), "mallory@evil.example");
    EXPECT_EQ(text(settled(1), "/outcome"), "raised");
    const json::value raised = item("LP-1");
    EXPECT_NE(text(raised, "/history/0/content/remark").find("mallory@evil.example"), std::string::npos);
    letter(kDele, kAcknowledged);
    EXPECT_TRUE(letters("mallory@evil.example", "").empty()) << "answers go to the address on record";
}

TEST_P(MailIn, ATokenOfAnotherContactIsAskedAbout) {
    open();
    const Letter closing = told_by_mail();
    MailText mail = answer_to(closing, "All is well, you can close it.");
    mail.from = "Mara Lind <mara@moss.example>";
    deliver(written(mail), "mara@moss.example", reply_to(closing));
    const json::value held = settled(2);
    EXPECT_EQ(text(held, "/state"), "held");
    EXPECT_NE(text(held, "/detail").find("mara@moss.example"), std::string::npos);
    EXPECT_EQ(text(item("LP-1"), "/answer_pending"), "false");
    EXPECT_EQ(text(item("LP-1"), "/evidence/strength"), "handed_over");

    house.command({"mail", "assign", "2", "--item", "LP-1"});
    EXPECT_EQ(text(item("LP-1"), "/answer_pending"), "true") << "a person decided that it belongs here";
    EXPECT_EQ(text(item("LP-1"), "/evidence/strength"), "handed_over") << "Dele has proven nothing";
    expect_true_ledger();
}

TEST_P(MailIn, AForgedTokenIsPlainNewMail) {
    open();
    const Letter closing = told_by_mail();
    std::string forged = reply_to(closing);
    char& last = forged[forged.find('@') - 1];
    last = last == '0' ? '4' : '0';
    MailText mail;
    mail.to = forged;
    mail.id = "<3@moss.example>";
    deliver(written(mail), kDele, forged);
    EXPECT_EQ(text(settled(2), "/outcome"), "raised");
    EXPECT_EQ(items(), 2U);
    EXPECT_EQ(text(item("LP-1"), "/answer_pending"), "false");
}

TEST_P(MailIn, AStrangerWaitsUntilSomebodyKnowsThem) {
    open();
    MailText mail;
    mail.from = "D. Okafor <dele.private@home.example>";
    deliver(written(mail), "dele.private@home.example");
    EXPECT_EQ(text(settled(1), "/state"), "held");
    EXPECT_EQ(items(), 0U);
    EXPECT_NE(house.command({"mail", "list", "--state", "held"}).find("dele.private@home.example"),
              std::string::npos);
    EXPECT_NE(house.command({"mail", "show", "1"}).find("Alerts reach us after the truck has left."),
              std::string::npos);

    EXPECT_NE(browser().get("/metrics").body.find("candour_mails_waiting{state=\"held\"} 1"),
              std::string::npos);
    house.command({"mail", "assign", "1", "--contact", kDele});
    EXPECT_EQ(text(item("LP-1"), "/contact/name"), "Dele Okafor");
    letter(kDele, kAcknowledged);
    EXPECT_EQ(house.run({"mail", "assign", "1", "--contact", kDele}).code, 1) << "once";
    EXPECT_EQ(house.run({"mail", "assign", "1"}).code, 2);
    EXPECT_EQ(house.run({"mail", "show", "99"}).code, 1);
}

TEST_P(MailIn, ABounceTakesATellingBack) {
    open();
    const Letter closing = told_by_mail();
    deliver(report(envelope_sender(closing), closing.message_id), "", envelope_sender(closing));
    EXPECT_EQ(text(settled(2), "/outcome"), "bounced");
    EXPECT_EQ(state("LP-1"), "changed");
    EXPECT_EQ(events("LP-1").back(), "bounced");
    EXPECT_EQ(messages("LP-1", "closing"), std::vector<std::string>{"bounced"});
    deliver("Received: once more\r\n" + report(envelope_sender(closing), closing.message_id), "",
            envelope_sender(closing));
    settled(3);
    EXPECT_EQ(state("LP-1"), "changed");
    expect_true_ledger();
}

TEST_P(MailIn, AnAutomaticReplyChangesNothing) {
    open();
    const Letter closing = told_by_mail();
    settle_mail();
    const json::value before = item("LP-1");
    MailText mail = answer_to(closing, "I am out of the office until Monday.");
    mail.subject = "Automatic reply: " + closing.subject;
    mail.more += "Auto-Submitted: auto-replied\r\n";
    deliver(written(mail), kDele, reply_to(closing));
    const json::value recorded = settled(2);
    EXPECT_EQ(text(recorded, "/kind"), "auto_reply");
    EXPECT_EQ(text(recorded, "/outcome"), "recorded");
    EXPECT_EQ(text(recorded, "/item/alias"), "LP-1");
    EXPECT_EQ(json::serialize(item("LP-1")), json::serialize(before));
    EXPECT_EQ(items(), 1U);
}

TEST_P(MailIn, NothingIsLostWhenTheHostDiesAfterItSaidYes) {
    open();
    deliver(written({}));
    house.kill();
    house.start();
    house.advance(2min);
    EXPECT_EQ(text(settled(1), "/outcome"), "raised");
    EXPECT_EQ(items(), 1U);
    EXPECT_EQ(text(item("LP-1"), "/version"), "1");
    let_the_mail_go();
    EXPECT_EQ(letters(kDele, kAcknowledged).size(), 1U);
    expect_true_ledger();
}

TEST_P(MailIn, APipeHandsOverWhatALocalMailServerHas) {
    open();
    std::string piped = written({});
    std::erase(piped, '\r');
    EXPECT_EQ(house
                  .run({"mail", "ingest", "--sender", kDele, "-"},
                       "From dele@moss.example Fri Jan 15 10:00:00 2027\n" + piped)
                  .code,
              0);
    const json::value kept = settled(1);
    EXPECT_EQ(text(kept, "/outcome"), "raised");
    EXPECT_EQ(text(kept, "/envelope/recipient"), "feedback@feedback.example")
        << "what stands in To, when nobody says more";
    EXPECT_EQ(call(http::Method::get, "/api/v1/mails/1/raw").body, written({}))
        << "with the line ends of the wire, otherwise untouched";
    EXPECT_EQ(house.run({"mail", "ingest", "no-such-file.eml"}).code, 66);
    EXPECT_EQ(house.run({"mail", "ingest", "-"}, " \n").code, 65);
    house.stop();
    EXPECT_EQ(house.run({"mail", "ingest", "-"}, piped).code, 75)
        << "the mail server keeps it and tries again";
}

TEST_P(MailIn, ARealBounceFindsItsItem) {
    if (const auto reason = support::Postfix::missing()) GTEST_SKIP() << *reason;
    const support::Certificates certificates;
    const support::Postfix postfix(certificates, house.intake());
    house.use_relay(postfix.port());
    open();
    const Answer imported =
        call(http::Method::post, "/api/v1/imports/contacts",
             "account_ref,name,email,language\nA-1,Kit Gone,kit@gone.example,en\n", {}, "text/csv");
    ASSERT_EQ(imported.status, 200U) << imported.body;
    const std::string alias = raise("kit@gone.example");
    // The acknowledgement comes back first, and its address is not written to again.
    ASSERT_TRUE(eventually([&] {
        return messages(alias, "acknowledgement") == std::vector<std::string>{"bounced"};
    })) << postfix.log();
    EXPECT_EQ(text(settled(1), "/kind"), "bounce");
    EXPECT_EQ(events(alias).back(), "message_bounced");
    bring_to_changed(alias);
    tell(alias);
    ASSERT_TRUE(
        eventually([&] { return messages(alias, "closing") == std::vector<std::string>{"suppressed"}; }));
    EXPECT_EQ(state(alias), "changed");
    expect_true_ledger();
}

INSTANTIATE_TEST_SUITE_P(On, MailIn, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

class MailOutage : public MailIn {};

TEST_P(MailOutage, IsForTheMailServerToWaitOut) {
    open();
    support::Postgres::server().kill();
    const Done refused = try_to_deliver(written({}), kDele, "feedback@feedback.example");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_NE(refused.error().message.find("451"), std::string::npos) << refused.error().message;
    support::Postgres::server().start();
    ASSERT_TRUE(eventually(
        [&] { return static_cast<bool>(try_to_deliver(written({}), kDele, "feedback@feedback.example")); }));
    EXPECT_EQ(text(settled(1), "/outcome"), "raised");
    EXPECT_EQ(items(), 1U);
}

INSTANTIATE_TEST_SUITE_P(On, MailOutage, testing::Values(Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
