#include "core/feedback/mail.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

const ContactId kAda{IdBytes{1}}, kEve{IdBytes{2}};
const AccountId kOtter{IdBytes{3}}, kHeron{IdBytes{4}};
const MessageId kClosing{IdBytes{5}};
const ItemId kItem{IdBytes{6}};

Contact contact(const ContactId& id, const AccountId& account, const std::string& email, bool active = true) {
    Contact one;
    one.id = id;
    one.account = account;
    one.email = email;
    one.active = active;
    return one;
}

class JudgeMail : public testing::Test {
 protected:
    JudgeMail() {
        mail.kind = MailKind::human;
        mail.from = "ada@otter.example";
        mail.reply_trimmed = "It is still too slow.";
        facts.senders = {contact(kAda, kOtter, "ada@otter.example")};
        facts.envelope_sender = "ada@otter.example";
    }
    /// A message of ours to Ada, about an item unless it is an invitation.
    void answers(MessageKind kind) {
        MailThread thread;
        thread.message = kClosing;
        thread.kind = kind;
        if (kind != MessageKind::invitation) thread.item = kItem;
        thread.contact = kAda;
        thread.account = kOtter;
        thread.recipient = "ada@otter.example";
        facts.thread = thread;
    }
    MailVerdict verdict() const { return judge_mail(mail, facts); }

    Disposition mail;
    MailFacts facts;
};

TEST_F(JudgeMail, RaisesWhatAKnownPersonWritesOfTheirOwnAccord) {
    EXPECT_EQ(verdict().effect, MailEffect::raise);
    EXPECT_EQ(verdict().contact, kAda);
    EXPECT_EQ(verdict().account, kOtter);
    EXPECT_EQ(verdict().remark, "");
}

TEST_F(JudgeMail, HoldsWhatNobodyKnownWrote) {
    facts.senders.clear();
    EXPECT_EQ(verdict().effect, MailEffect::hold);
    EXPECT_NE(verdict().why.find("unknown sender"), std::string::npos);
    EXPECT_TRUE(verdict().contact.empty());
}

TEST_F(JudgeMail, HoldsAnAddressOfSeveralContactsUnlessOneIsLeft) {
    facts.senders.push_back(contact(kEve, kHeron, "ada@otter.example"));
    EXPECT_EQ(verdict().effect, MailEffect::hold);
    facts.senders[1].active = false;
    EXPECT_EQ(verdict().effect, MailEffect::raise);
    EXPECT_EQ(verdict().contact, kAda);
}

TEST_F(JudgeMail, LetsTheThreadDecideBetweenContactsOfOneAddress) {
    facts.senders.push_back(contact(kEve, kHeron, "ada@otter.example"));
    answers(MessageKind::closing);
    EXPECT_EQ(verdict().effect, MailEffect::reply);
    EXPECT_EQ(verdict().contact, kAda);
    EXPECT_TRUE(verdict().by_contact);
}

TEST_F(JudgeMail, TakesAnAnswerToAnInvitationAsAnAnswerOfItsReader) {
    answers(MessageKind::invitation);
    EXPECT_EQ(verdict().effect, MailEffect::answer);
    EXPECT_EQ(verdict().contact, kAda);
}

TEST_F(JudgeMail, SaysWhenAnotherAddressAnswered) {
    answers(MessageKind::closing);
    mail.from = "ada.private@home.example";
    facts.senders.clear();
    facts.envelope_sender = mail.from;
    EXPECT_EQ(verdict().effect, MailEffect::reply);
    EXPECT_FALSE(verdict().by_contact);
    EXPECT_EQ(verdict().remark, "answered by another address: ada.private@home.example");
}

TEST_F(JudgeMail, DoesNotTrustATokenOfAnotherContactInSilence) {
    answers(MessageKind::closing);
    mail.from = "eve@heron.example";
    facts.senders = {contact(kEve, kHeron, "eve@heron.example")};
    EXPECT_EQ(verdict().effect, MailEffect::hold);
    EXPECT_NE(verdict().why.find("eve@heron.example"), std::string::npos);
    EXPECT_NE(verdict().why.find("ada@otter.example"), std::string::npos);
}

TEST_F(JudgeMail, RemarksOnASenderThatSomebodyElseSentFor) {
    facts.envelope_sender = "x@evil.example";
    EXPECT_NE(verdict().remark.find("x@evil.example"), std::string::npos);
    for (const char* fine : {"bounce-7@mail.otter.example", "ada@OTTER.example", ""}) {
        facts.envelope_sender = fine;
        EXPECT_EQ(verdict().remark, "") << fine;
    }
}

TEST_F(JudgeMail, MakesNothingOfWhatMachinesWrite) {
    answers(MessageKind::closing);
    for (const MailKind kind : {MailKind::auto_reply, MailKind::list, MailKind::loop, MailKind::read_receipt,
                                MailKind::spam, MailKind::rejected}) {
        mail.kind = kind;
        EXPECT_EQ(verdict().effect, MailEffect::record) << name_of(kMailKinds, kind);
        EXPECT_EQ(verdict().suppress, "");
    }
}

TEST_F(JudgeMail, BelievesABounceOnlyOfAMessageOfOurs) {
    mail.kind = MailKind::bounce;
    EXPECT_EQ(verdict().effect, MailEffect::record);
    answers(MessageKind::closing);
    EXPECT_EQ(verdict().effect, MailEffect::bounce);
    mail.kind = MailKind::delivery_notice;
    EXPECT_EQ(verdict().effect, MailEffect::deliver);
    mail.kind = MailKind::bounce;
    mail.bounces.push_back({"ada@otter.example", "4.4.1", "", "temporary", false, "", true});
    EXPECT_EQ(verdict().effect, MailEffect::record) << "late is not lost";
    mail.bounces.push_back({"ada@otter.example", "4.4.7", "", "temporary", false, "", false});
    EXPECT_EQ(verdict().effect, MailEffect::bounce);
}

TEST_F(JudgeMail, StopsWritingToWhoeverComplainsAndToNobodyElse) {
    mail.kind = MailKind::complaint;
    EXPECT_EQ(verdict().effect, MailEffect::suppress);
    EXPECT_EQ(verdict().suppress, "ada@otter.example");
    facts.senders.clear();
    EXPECT_EQ(verdict().effect, MailEffect::record) << "a guessed address silences nobody";
    answers(MessageKind::closing);
    mail.from = "feedback-loop@provider.example";
    EXPECT_EQ(verdict().suppress, "ada@otter.example") << "the one we wrote to";
}

TEST_F(JudgeMail, AsksNothingMoreOfWhoeverUnsubscribesAndSilencesNobody) {
    mail.kind = MailKind::unsubscribe;
    EXPECT_EQ(verdict().effect, MailEffect::opt_out);
    EXPECT_EQ(verdict().contact, kAda);
    facts.senders.clear();
    EXPECT_EQ(verdict().effect, MailEffect::record) << "a guessed address opts nobody out";
    answers(MessageKind::invitation);
    mail.from = "somebody@else.example";
    EXPECT_EQ(verdict().effect, MailEffect::opt_out);
    EXPECT_EQ(verdict().contact, kAda) << "whom the message was for: only they have its address";
}

TEST(WordsOfAMail, AreTheShortestThatSaySomething) {
    Disposition mail;
    mail.subject = "Exports";
    EXPECT_EQ(words_of(mail), "Exports");
    mail.text = "Slow.\n> quoted";
    EXPECT_EQ(words_of(mail), mail.text);
    mail.reply = "Slow.\n-- \nAda";
    EXPECT_EQ(words_of(mail), mail.reply);
    mail.reply_trimmed = "Slow.";
    EXPECT_EQ(words_of(mail), "Slow.");
    mail.reply_trimmed = " \r\n";
    EXPECT_EQ(words_of(mail), mail.reply) << "white space says nothing";
    EXPECT_EQ(words_of(Disposition{}), "");
}

TEST(WordsOfAMail, AreCutWithASignWhereALongTextEnds) {
    Disposition mail;
    for (int i = 0; i < 9'000; ++i) mail.text += "ä";
    const std::string words = words_of(mail);
    EXPECT_EQ(words.size(), 7'999U * 2 + 3);
    EXPECT_TRUE(words.ends_with("ä…"));
    mail.text.resize(8'000 * 2);
    EXPECT_EQ(words_of(mail), mail.text) << "just as long as may be";
}

TEST(SamenessOfAMail, NeedsTheSameIdAndTheSameWords) {
    Disposition mail;
    mail.text = "Slow.";
    EXPECT_EQ(sameness_of(mail), "") << "without a Message-ID only the bytes can say";
    mail.message_id = "<1@otter.example>";
    Disposition other = mail;
    EXPECT_EQ(sameness_of(mail), sameness_of(other));
    other.text = "Fast.";
    EXPECT_NE(sameness_of(mail), sameness_of(other)) << "an id that somebody else used again";
}

}  // namespace
}  // namespace candour::core
