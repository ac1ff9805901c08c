/// What our own people hear by mail, and what they may answer.
#include <algorithm>

#include "edge/mail/intake/handing_over.hpp"
#include "journeys/journey.hpp"
#include "support/eventually.hpp"
#include "support/free_port.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

constexpr const char* kPriya = "priya@halden.example";
constexpr const char* kDele = "dele@moss.example";

std::string header_of(const Letter& letter, const std::string& name) {
    const std::size_t at = letter.raw.find("\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 3;
    return letter.raw.substr(from, letter.raw.find_first_of("\r\n", from) - from);
}

class TeamMail : public Journey {
 protected:
    TeamMail() { house.take_mail_in(); }

    void open_with_news() {
        open();
        hear_of({{"assignment", "now"}, {"customer_answered", "now"}, {"reopened", "now"}});
    }
    /// The window in which things are gathered has passed.
    void let_news_gather() { house.advance(std::chrono::minutes(11)); }

    /// Priya answers as her mail program would; `from` may lie. Returns what became of it.
    json::value answer_mail(const Letter& letter, const std::string& words, const std::string& from = kPriya,
                            const std::string& more = "") {
        const std::string id = "<" + std::to_string(++answers_) + "@halden.example>";
        const std::string bytes =
            "From: Priya Raman <" + from + ">\r\nTo: " + header_of(letter, "Reply-To") +
            "\r\nSubject: Re: " + letter.subject + "\r\nMessage-ID: " + id +
            "\r\nIn-Reply-To: " + letter.message_id + "\r\nDate: Fri, 15 Jan 2027 10:00:00 +0000\r\n" + more +
            "\r\n" + words +
            "\r\n\r\nOn Fri, 15 Jan 2027 at 10:00, Halden Systems <loop@halden.example> wrote:\r\n> news\r\n";
        mail::IntakeConfig server;
        server.port = house.intake();
        const Done kept = mail::hand_over(server, {from, {header_of(letter, "Reply-To")}, bytes});
        if (!kept) throw std::runtime_error(kept.error().message);
        return settled(answers_);
    }
    json::value settled(int id) const {
        json::value last;
        const auto ended = [&] {
            const Answer answer = call(http::Method::get, "/api/v1/mails/" + std::to_string(id));
            if (answer.status != 200) return false;
            last = answer.value();
            return text(last, "/state") != "received" && text(last, "/state") != "read";
        };
        if (!eventually(ended)) throw std::runtime_error("mail " + std::to_string(id) + " is not settled");
        return last;
    }
    /// One item of Dele's, and the mail about it.
    Letter assigned(std::string& alias) {
        open_with_news();
        alias = raise(kDele, "Alerts come too late.");
        let_news_gather();
        return letter(kPriya, alias + ", Moss Freight: new, and yours");
    }

    std::ptrdiff_t refusals_that_say(const std::string& words) const {
        const std::vector<Letter> all = letters(kPriya, "Your mail changed nothing");
        return std::count_if(all.begin(), all.end(),
                             [&](const Letter& one) { return one.text.find(words) != std::string::npos; });
    }

    int answers_ = 0;
};

TEST_P(TeamMail, SaysThatAnItemIsYoursAndLeadsToAPageThatChangesNothing) {
    std::string alias;
    const Letter mail = assigned(alias);
    EXPECT_NE(mail.text.find("Alerts come too late."), std::string::npos);
    EXPECT_NE(mail.text.find("Dele Okafor"), std::string::npos);
    EXPECT_EQ(mail.text.find("/l/"), std::string::npos) << "no customer's link";
    EXPECT_TRUE(header_of(mail, "Reply-To").starts_with("reply+")) << mail.raw;
    EXPECT_EQ(header_of(mail, "Auto-Submitted"), "auto-generated");
    EXPECT_EQ(header_of(mail, "List-Unsubscribe"), "");
    settle_mail();
    const json::value before = item(alias);
    const Page page = browser().get(mail.link("/items/"));
    EXPECT_EQ(page.status, 200U);
    EXPECT_EQ(item(alias), before);
    EXPECT_EQ(messages(alias, "team"), (std::vector<std::string>{"handed_over"}));
}

TEST_P(TeamMail, SaysThreeThingsAtOnce) {
    open_with_news();
    raise(kDele);
    raise("ada@otter.example", "Invoices are wrong.");
    const std::string third = raise("ravi@heron.example", "Nobody answers.");
    let_news_gather();
    const Letter mail = letter(kPriya, "3 things happened, 3 items");
    for (const char* name : {"Moss Freight", "Brass Otter", "Heron Works"})
        EXPECT_NE(mail.text.find(name), std::string::npos) << mail.text;
    let_news_gather();
    let_the_mail_go();
    EXPECT_EQ(letters(kPriya, "").size(), 1U);
    EXPECT_EQ(text(answer_mail(mail, "note: Which one?"), "/outcome"), "refused");
    EXPECT_EQ(text(answer_mail(mail, third + " note: They moved."), "/outcome"), "noted");
    EXPECT_EQ(events(third).back(), "noted");
}

TEST_P(TeamMail, IsAsEverybodyChooses) {
    open_with_news();
    house.command({"teammate", "notify", kPriya, "--set", "assignment=off", "--set", "reopened=digest"});
    const std::string shown = house.command({"teammate", "notify", kPriya});
    EXPECT_NE(shown.find("no digest"), std::string::npos) << shown;
    raise(kDele);
    let_news_gather();
    let_the_mail_go();
    EXPECT_TRUE(letters(kPriya, "").empty());
    EXPECT_EQ(house.run({"teammate", "notify", kPriya, "--set", "holidays=now"}).code, 1);
    EXPECT_EQ(house.run({"teammate", "notify", kPriya, "--set", "overdue"}).code, 2);
    EXPECT_EQ(house.run({"teammate", "notify", kPriya, "--digest", "25"}).code, 1);
    EXPECT_EQ(house.run({"teammate", "notify", kPriya, "--zone", "Mars/Base"}).code, 1);
    EXPECT_EQ(house.run({"teammate", "notify", "nobody@halden.example"}).code, 1);
    house.command({"token", "create", "--name", "ines", "--teammate", "ines@halden.example",
                   "--teammate-name", "Ines"});
    EXPECT_EQ(house.run({"teammate", "notify", "ines@halden.example", "--digest", "7"}).code, 1)
        << "somebody else's choice";
}

TEST_P(TeamMail, ComesAsADigestWithWhatIsOwed) {
    open();
    hear_of({{"assignment", "digest"}, {"overdue", "off"}}, 7);
    const std::string alias = raise(kDele, "Alerts come too late.");
    let_news_gather();
    house.advance(std::chrono::hours(24));
    Letter digest;
    const auto arrived = [&] {
        house.advance(std::chrono::hours(1));
        for (const Letter& one : letters(kPriya, "Your items on "))
            if (one.text.find("What happened") != std::string::npos) digest = one;
        return !digest.raw.empty();
    };
    ASSERT_TRUE(eventually(arrived));
    EXPECT_NE(digest.subject.find("1 open"), std::string::npos) << digest.subject;
    for (const std::string& words : {std::string("What happened"), alias + ", Moss Freight: new, and yours"})
        EXPECT_NE(digest.text.find(words), std::string::npos) << digest.text;
    EXPECT_EQ(header_of(digest, "Reply-To"), "") << "a digest has no item to answer for";
}

TEST_P(TeamMail, TakesANoteThatNoCustomerReads) {
    std::string alias;
    const Letter mail = assigned(alias);
    EXPECT_EQ(text(answer_mail(mail, "note: They switch banks.\r\n\r\nKeep it quiet."), "/outcome"), "noted");
    EXPECT_EQ(events(alias).back(), "noted");
    const std::string shown = house.command({"item", "show", alias});
    EXPECT_NE(shown.find("They switch banks."), std::string::npos) << shown;
    EXPECT_NE(shown.find("noted, Priya Raman"), std::string::npos) << shown;
    take(alias, "note", {{"text", "And by the command: quiet."}});
    bring_to_changed(alias);
    const std::string page = tell_by_mail(alias, kDele);
    const Letter closing = letter(kDele, kClosing);
    const std::string read = browser().get(page).body + closing.raw;
    for (const char* ours : {"switch banks", "quiet", "noted"})
        EXPECT_EQ(read.find(ours), std::string::npos) << ours;
    expect_true_ledger();
}

TEST_P(TeamMail, TakesAStatementAndTellsNobody) {
    std::string alias;
    const Letter mail = assigned(alias);
    const json::value taken =
        answer_mail(mail, "heard: Alerts reach you after the truck has left.\r\n\r\nPriya Raman\r\nHalden");
    EXPECT_EQ(text(taken, "/outcome"), "stated");
    EXPECT_EQ(state(alias), "heard");
    const json::value event = item(alias).at("history").as_array().back();
    EXPECT_EQ(text(event, "/content/text"), "Alerts reach you after the truck has left.");
    EXPECT_EQ(text(event, "/content/mail"), "1");
    EXPECT_EQ(text(event, "/actor/name"), "Priya Raman");
    const json::value second = answer_mail(mail, "decided: No.\r\nwhy: It would stop everybody else.");
    EXPECT_EQ(text(second, "/outcome"), "refused") << "that mail showed the item before it was heard";
    letter(kPriya, "Your mail changed nothing");
    let_the_mail_go();
    EXPECT_TRUE(letters(kDele, kHeard).empty());
    EXPECT_TRUE(messages(alias, "closing").empty());
}

TEST_P(TeamMail, ChangesNothingWithoutAWordFromAStrangerOrByAMachine) {
    std::string alias;
    const Letter mail = assigned(alias);
    const std::vector<std::string> before = events(alias);
    EXPECT_EQ(text(answer_mail(mail, "Thank you, I will look at it."), "/outcome"), "refused");
    const Letter refusal = letter(kPriya, "Your mail changed nothing");
    EXPECT_NE(refusal.text.find("Thank you, I will look at it."), std::string::npos);
    EXPECT_NE(refusal.text.find("note: …"), std::string::npos) << "and how to do it";
    EXPECT_EQ(header_of(refusal, "Auto-Submitted"), "auto-replied");

    EXPECT_EQ(text(answer_mail(mail, "note: It was me.", "eve@evil.example"), "/outcome"), "refused");
    EXPECT_TRUE(eventually([&] { return refusals_that_say("eve@evil.example") == 1; }));
    EXPECT_TRUE(letters("eve@evil.example", "").empty()) << "nobody unknown is written to";

    EXPECT_EQ(text(answer_mail(mail, "note: I am out of office until May.", kPriya,
                               "Auto-Submitted: auto-replied\r\n"),
                   "/outcome"),
              "recorded");
    let_the_mail_go();
    EXPECT_EQ(letters(kPriya, "Your mail changed nothing").size(), 2U) << "machines are not answered";
    EXPECT_EQ(events(alias), before);
}

TEST_P(TeamMail, SendsOnceWhenTheHostDiesBeforeItLeaves) {
    open_with_news();
    const std::string alias = raise(kDele);
    settle_mail();
    house.stop();
    house.use_relay(support::free_port());  // nobody listens there
    house.start();
    let_news_gather();
    ASSERT_TRUE(eventually(
        [&] { return messages(alias, "team", "/last/fate") == std::vector<std::string>{"deferred"}; }));
    house.kill();
    house.use_relay(sink.port());
    house.start();
    house.advance(std::chrono::minutes(30));
    letter(kPriya, alias + ", Moss Freight: new, and yours");
    let_the_mail_go();
    EXPECT_EQ(letters(kPriya, alias).size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(On, TeamMail, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
