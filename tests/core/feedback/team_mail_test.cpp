/// Who may answer a mail to one of us: whoever has its address and writes from the teammate's own.
#include <gtest/gtest.h>

#include "core/feedback/mail.hpp"

namespace candour::core {
namespace {

class AnswerToOurMail : public testing::Test {
 protected:
    AnswerToOurMail() {
        mail.kind = MailKind::reply;
        mail.from = "priya@halden.example";
        facts.envelope_sender = "priya@halden.example";
        facts.thread = MailThread{};
        facts.thread->kind = MessageKind::team;
        facts.thread->recipient = "priya@halden.example";
        facts.thread->teammate = "tea_priya";
        facts.thread->by_token = true;
    }
    MailVerdict verdict() const { return judge_mail(mail, facts); }

    Disposition mail;
    MailFacts facts;
};

TEST_F(AnswerToOurMail, CountsFromTheTeammateAtTheSignedAddress) {
    EXPECT_EQ(verdict().effect, MailEffect::team);
    EXPECT_EQ(verdict().remark, "");
}

TEST_F(AnswerToOurMail, CountsFromNobodyElse) {
    mail.from = "eve@example.org";
    EXPECT_EQ(verdict().effect, MailEffect::refuse);
    EXPECT_EQ(verdict().why, "other_address");
    Contact ada;
    ada.email = mail.from;
    facts.senders = {ada};
    EXPECT_EQ(verdict().effect, MailEffect::refuse) << "nor is it the customer's reply";
}

TEST_F(AnswerToOurMail, NeedsTheAddressItself) {
    facts.thread->by_token = false;
    EXPECT_EQ(verdict().effect, MailEffect::record) << "a Message-ID is no secret";
}

TEST_F(AnswerToOurMail, EndsWithTime) {
    facts.thread->over = true;
    EXPECT_EQ(verdict().effect, MailEffect::refuse);
    EXPECT_EQ(verdict().why, "too_old");
}

TEST_F(AnswerToOurMail, IsNobodysWithoutASenderInTheEnvelope) {
    facts.envelope_sender = "";
    EXPECT_EQ(verdict().effect, MailEffect::record);
}

TEST_F(AnswerToOurMail, CarriesWhatIsOddAboutItsSender) {
    facts.envelope_sender = "bulk@sender.example";
    EXPECT_EQ(verdict().effect, MailEffect::team);
    EXPECT_NE(verdict().remark.find("bulk@sender.example"), std::string::npos);
}

TEST_F(AnswerToOurMail, IsNothingWhenAMachineWroteIt) {
    for (const MailKind kind : {MailKind::auto_reply, MailKind::list, MailKind::loop, MailKind::read_receipt,
                                MailKind::spam, MailKind::unsubscribe}) {
        mail.kind = kind;
        EXPECT_EQ(verdict().effect, MailEffect::record) << name_of(kMailKinds, kind);
    }
    mail.kind = MailKind::bounce;
    EXPECT_EQ(verdict().effect, MailEffect::bounce) << "its address may be dead";
}

}  // namespace
}  // namespace candour::core
