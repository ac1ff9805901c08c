/// What mail servers write when a mail did not arrive, in fields and in prose.
#include <gmock/gmock.h>

#include "plugins/mail/reader.hpp"

namespace candour::mail {
namespace {

using ::testing::SizeIs;

std::string report(const std::string& fields, const std::string& prose = "A mail could not be delivered.") {
    return "From: Mail Delivery System <mailer-daemon@mx.example>\r\nTo: care+x@halden.example\r\nSubject: "
           "Undelivered\r\n"
           "Content-Type: multipart/report; report-type=delivery-status; boundary=\"=b\"\r\n\r\n"
           "--=b\r\nContent-Type: text/plain\r\n\r\n" +
           prose +
           "\r\n"
           "--=b\r\nContent-Type: message/delivery-status\r\n\r\n"
           "Reporting-MTA: dns; mx.example\r\nOriginal-Envelope-Id: t42\r\n\r\n" +
           fields +
           "\r\n"
           "--=b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <42@halden.example>\r\nTo: "
           "bob@there.example\r\n\r\n--=b--\r\n";
}

std::string recipient(const std::string& status, const std::string& diagnostic,
                      const std::string& address = "bob@there.example") {
    return "Final-Recipient: rfc822; " + address + "\r\nAction: failed\r\nStatus: " + status +
           "\r\nDiagnostic-Code: smtp; " + diagnostic + "\r\n";
}

/// A notice in prose, as programs without reports write it.
std::string notice(const std::string& text) {
    return "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: care@halden.example\r\nSubject: failure "
           "notice\r\n\r\n" +
           text;
}

struct Case {
    const char* name;
    const char* status;
    const char* diagnostic;
    const char* kind;
    bool hard;
};

class Reasons : public Reader, public ::testing::WithParamInterface<Case> {};

TEST_P(Reasons, AreFoldedToWhatASenderDoesNext) {
    const auto mail = read(report(recipient(GetParam().status, GetParam().diagnostic)));
    ASSERT_EQ(text_of(mail, "disposition"), "bounce");
    EXPECT_EQ(bounce(mail).at("class"), GetParam().kind);
    EXPECT_EQ(bounce(mail).at("hard"), GetParam().hard);
    EXPECT_EQ(bounce(mail).at("recipient"), "bob@there.example");
}

INSTANTIATE_TEST_SUITE_P(
    , Reasons,
    ::testing::Values(
        Case{"UnknownUser", "5.1.1", "550 5.1.1 <bob@there.example>: user unknown", "recipient", true},
        Case{"NumbersAlone", "5.1.1", "550 no", "recipient", true},
        Case{"Disabled", "5.2.1", "550 5.2.1 The account is disabled", "recipient", false},
        Case{"Full", "4.2.2", "452 4.2.2 Mailbox full", "mailbox_full", false},
        Case{"TooLargeForTheMailbox", "5.2.3", "552 5.2.3 Message size exceeds the limit", "mailbox_full",
             false},
        Case{"TooLarge", "5.3.4", "552 5.3.4 Message size exceeds fixed limit", "content", false},
        Case{"NoSuchDomain", "5.1.2", "550 5.1.2 Host unknown", "domain", true},
        Case{"DomainNotFoundToday", "4.4.4", "450 4.4.4 Host not found, try again", "temporary", false},
        Case{"NullMx", "5.1.10", "556 5.1.10 the domain does not receive email: null MX", "domain", true},
        Case{"NoRelay", "5.7.1", "554 5.7.1 Relay access denied", "domain", false},
        Case{"Listed", "5.7.1", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a list",
             "policy", false},
        Case{"Dmarc", "5.7.26", "550-5.7.26 Unauthenticated email is not accepted due to DMARC policy",
             "policy", false},
        Case{"Spam", "5.7.1", "550 5.7.1 message classified as spam", "content", false},
        Case{"TimedOut", "4.4.1", "connect to there.example: Connection timed out", "temporary", false},
        Case{"SenderRefused", "5.1.8", "501 5.1.8 Domain of sender address does not exist", "policy", false}),
    [](const auto& instance) { return instance.param.name; });

class Reports : public Reader {};

TEST_F(Reports, BelieveNoUnknownUserThatIsSaidBehindTheData) {
    const std::string prose =
        "<bob@there.example>: host mx.there.example said: 550 Unknown user (in reply to end of DATA command)";
    const auto mail = read(report(recipient("5.0.0", "550 Unknown user"), prose));
    EXPECT_EQ(bounce(mail).at("class"), "recipient");
    EXPECT_EQ(bounce(mail).at("hard"), false);
}

TEST_F(Reports, NameEveryRecipientThatFailed) {
    const auto mail = read(report(recipient("5.1.1", "550 5.1.1 user unknown") + "\r\n" +
                                  recipient("5.2.2", "552 5.2.2 mailbox full", "eve@there.example")));
    ASSERT_THAT(mail.at("bounces").as_array(), SizeIs(2));
    EXPECT_EQ(bounce(mail, 1).at("recipient"), "eve@there.example");
    EXPECT_EQ(bounce(mail, 1).at("class"), "mailbox_full");
    EXPECT_EQ(text_of(mail, "original_message_id"), "<42@halden.example>");
    EXPECT_EQ(text_of(mail, "original_envelope_id"), "t42");
}

TEST_F(Reports, ReadTwoRecipientsWithoutAnEmptyLineBetweenThem) {
    const auto mail = read(report(recipient("5.1.1", "550 5.1.1 user unknown") +
                                  recipient("5.2.2", "552 5.2.2 mailbox full", "eve@there.example")));
    ASSERT_THAT(mail.at("bounces").as_array(), SizeIs(2));
    EXPECT_EQ(bounce(mail, 0).at("status"), "5.1.1");
    EXPECT_EQ(bounce(mail, 1).at("status"), "5.2.2");
}

TEST_F(Reports, PreferTheAddressThatWeWroteTo) {
    const auto mail =
        read(report("Original-Recipient: rfc822;bob@there.example\r\nFinal-Recipient: "
                    "rfc822;@relay.example:bob@inner\r\nAction: failed\r\nStatus: 5.1.1\r\n"));
    EXPECT_EQ(bounce(mail).at("recipient"), "bob@there.example");
}

TEST_F(Reports, OfAMailThatIsLateSayThatItWaits) {
    const auto mail =
        read(report("Final-Recipient: rfc822; bob@there.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n"));
    EXPECT_EQ(text_of(mail, "disposition"), "bounce");
    EXPECT_EQ(bounce(mail).at("waits"), true);
    EXPECT_EQ(bounce(mail).at("hard"), false);
}

TEST_F(Reports, OfAMailThatArrivedAreNoBounce) {
    EXPECT_EQ(kind_of(report(
                  "Final-Recipient: rfc822; bob@there.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n")),
              "delivery_notice");
}

TEST_F(Reports, ThatAMailWasShownAreReceipts) {
    EXPECT_EQ(kind_of("From: bob@there.example\r\nContent-Type: multipart/report; "
                      "report-type=disposition-notification; boundary=b\r\n\r\n"
                      "--b\r\n\r\nRead.\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
                      "Final-Recipient: rfc822;bob@there.example\r\nDisposition: "
                      "manual-action/MDN-sent-manually; displayed\r\n\r\n--b--\r\n"),
              "read_receipt");
}

std::string complaint(const std::string& results) {
    return "From: feedback@provider.example\r\nTo: care@halden.example\r\nSubject: FW: Survey\r\n"
           "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
           "--b\r\n\r\nA complaint.\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\n"
           "Feedback-Type: abuse\r\nVersion: 1\r\nOriginal-Rcpt-To: <bob@there.example>\r\n" +
           results +
           "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <43@halden.example>\r\nTo: "
           "bob@there.example\r\n\r\nHello\r\n--b--\r\n";
}

TEST_F(Reports, OfUnwantedMailAreComplaints) {
    const auto mail = read(complaint(""));
    EXPECT_EQ(text_of(mail, "disposition"), "complaint");
    EXPECT_EQ(bounce(mail).at("recipient"), "bob@there.example");
    EXPECT_EQ(bounce(mail).at("class"), "complaint");
    EXPECT_EQ(text_of(mail, "original_message_id"), "<43@halden.example>");
}

TEST_F(Reports, OfMailThatSomebodyForgedSilenceNobody) {
    EXPECT_EQ(
        kind_of(complaint("Authentication-Results: provider.example; spf=fail smtp.mail=halden.example\r\n")),
        "human");
    EXPECT_EQ(kind_of(complaint("Authentication-Results: provider.example; spf=fail; dkim=pass\r\n")),
              "complaint");
}

class Prose : public Reader {};

TEST_F(Prose, OfQmailNamesTheRecipientAboveTheReason) {
    const auto mail =
        read(notice("Hi. This is the qmail-send program at mx.example.\r\nI'm afraid I wasn't able to "
                    "deliver your message to the following "
                    "addresses.\r\n\r\n<bob@there.example>:\r\n192.0.2.7 does not like recipient.\r\nRemote "
                    "host said: 550 5.1.1 No such user\r\n\r\n"
                    "--- Below this line is a copy of the message.\r\n\r\nReturn-Path: "
                    "<care@halden.example>\r\nMessage-ID: <9@halden.example>\r\n"));
    ASSERT_EQ(text_of(mail, "disposition"), "bounce");
    EXPECT_EQ(bounce(mail).at("recipient"), "bob@there.example");
    EXPECT_EQ(bounce(mail).at("status"), "5.1.1");
    EXPECT_EQ(bounce(mail).at("hard"), true);
    EXPECT_EQ(text_of(mail, "original_message_id"), "<9@halden.example>");
}

TEST_F(Prose, OfEximIsReadWithTheHeaderThatNamesTheRecipient) {
    const std::string raw =
        "From: Mail Delivery System <Mailer-Daemon@mx.example>\r\nTo: "
        "care@halden.example\r\nX-Failed-Recipients: bob@there.example\r\n"
        "Subject: Mail delivery failed\r\n\r\nA message that you sent could not be delivered.\r\n\r\n  "
        "bob@there.example\r\n    mailbox is full: retry timeout exceeded\r\n";
    const auto mail = read(raw);
    EXPECT_EQ(bounce(mail).at("recipient"), "bob@there.example");
    EXPECT_EQ(bounce(mail).at("class"), "mailbox_full");
}

TEST_F(Prose, OfSendmailMayHoldTheReportAsText) {
    const auto mail =
        read(notice("The original message was received.\r\n\r\nThe following addresses had permanent fatal "
                    "errors\r\nbob\r\n\r\n"
                    "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: RFC822; "
                    "bob@there.example\r\nAction: failed\r\nStatus: 4.4.7\r\n"));
    EXPECT_EQ(bounce(mail).at("recipient"), "bob@there.example");
    EXPECT_EQ(bounce(mail).at("status"), "4.4.7");
    EXPECT_EQ(bounce(mail).at("class"), "temporary");
}

TEST_F(Prose, NeverBlamesTheSenderOrThePostmaster) {
    const auto mail =
        read(notice("Your message from care@halden.example could not be delivered.\r\nFor assistance contact "
                    "postmaster@mx.example.\r\n\r\n"
                    "<bob@there.example>: 550 user unknown\r\n"));
    ASSERT_THAT(mail.at("bounces").as_array(), SizeIs(1));
    EXPECT_EQ(bounce(mail).at("recipient"), "bob@there.example");
}

TEST_F(Prose, OfAPersonAboutABounceIsNone) {
    EXPECT_EQ(
        kind_of(letter(
            "My mail to bob@there.example came back: 550 5.1.1 user unknown. Is the address right?\r\n", "")),
        "human");
}

TEST_F(Prose, OfARelayMayBeADocument) {
    const auto mail = read(
        "From: no-reply@sns.amazonaws.com\r\nSubject: Notification\r\n\r\n"
        R"({"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[)"
        R"({"emailAddress":"bob@there.example","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}})");
    ASSERT_EQ(text_of(mail, "disposition"), "bounce");
    EXPECT_EQ(bounce(mail).at("recipient"), "bob@there.example");
    EXPECT_EQ(bounce(mail).at("hard"), true);
}

}  // namespace
}  // namespace candour::mail
