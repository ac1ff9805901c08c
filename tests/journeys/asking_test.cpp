/// We ask people how it is to work with us: who answers is heard, who presses "no more" is left alone, and
/// machines between us and them change no figure.
#include <map>

#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

class Asking : public Journey {
 protected:
    static constexpr const char* kAsked = "How is it to work with us?";

    /// The campaign's id.
    std::string ask(std::vector<std::string> whom) const {
        whom.insert(whom.begin(), {"campaign", "send", "relationship_nps"});
        return text(house.json(std::move(whom)), "/id");
    }
    json::value campaign(const std::string& id) const { return house.json({"campaign", "show", id}); }
    std::string progress(const std::string& id, const std::string& what) const {
        return text(campaign(id), ("/progress/" + what).c_str());
    }
    bool becomes(const std::string& id, const std::string& what, const std::string& wanted) const {
        return eventually([&] { return progress(id, what) == wanted; });
    }
    /// The address behind one number of the mail.
    static std::string number_link(const Letter& letter, int number) {
        for (const std::string& address : letter.addresses())
            if (address.find("/s/") != std::string::npos && address.ends_with("?a=" + std::to_string(number)))
                return address;
        throw std::runtime_error("no number " + std::to_string(number) + " in " + letter.text);
    }
    Page send(const Page& page, const std::vector<http::FormField>& fields) {
        house.advance(5s);
        return browser().submit(page.forms().at(0), fields);
    }
    std::vector<std::string> observations(const std::string& kind) const {
        std::vector<std::string> rows;
        const Tables tables = read_tables(house.database());
        for (const std::string& row : tables.at("observations"))
            if (row.find(" | " + kind + " | ") != std::string::npos) rows.push_back(row);
        return rows;
    }
    static std::size_t of_class(const std::vector<std::string>& rows, const std::string& answer_class) {
        return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const std::string& row) {
            return row.find(" | " + answer_class + " | ") != std::string::npos;
        }));
    }
};

TEST_P(Asking, ADetractorAnswersTheNpsMailIsHeardAndConfirms) {
    open();
    const std::string id = ask({"--contact", "dele@moss.example"});
    const Letter mail = letter("dele@moss.example", kAsked);
    EXPECT_TRUE(becomes(id, "sent", "1"));
    EXPECT_NE(mail.text.find("Hello Dele Okafor,"), std::string::npos) << mail.text;
    const Page page = browser().get(number_link(mail, 3));
    EXPECT_TRUE(page.says("How likely are you to recommend working with us")) << page.words();
    EXPECT_EQ(progress(id, "answered"), "0") << "looking is no answer";
    EXPECT_TRUE(becomes(id, "provisional", "1"));
    const Page thanks = send(page, {{"why", "Alerts come too late."}, {"stance", "2"}});
    ASSERT_EQ(thanks.status, 200U) << thanks.words();
    EXPECT_TRUE(thanks.says("Your answer has arrived: 3 of 10.")) << thanks.words();
    EXPECT_TRUE(thanks.says("Within 2 days we tell you what we heard")) << thanks.words();
    EXPECT_EQ(progress(id, "answered"), "1");
    EXPECT_EQ(progress(id, "provisional"), "0");
    EXPECT_EQ(of_class(observations("relationship.answer"), "human"), 1U) << "words are a person's";
    EXPECT_EQ(observations("advocacy.declared").size(), 1U);

    const std::string alias = text(get("/api/v1/items?limit=1"), "/items/0/alias");
    EXPECT_EQ(items(), 1U) << "how somebody speaks about us raises nothing";
    EXPECT_EQ(text(item(alias), "/verbatim"), "Alerts come too late.");
    EXPECT_EQ(text(item(alias), "/score"), "3");
    bring_to_changed(alias);
    const Page closed = press(tell_by_mail(alias, "dele@moss.example"), "confirmed");
    EXPECT_EQ(closed.status, 200U);
    EXPECT_EQ(state(alias), "visibly_closed");
    EXPECT_EQ(text(item(alias), "/evidence/strength"), "confirmed");
    expect_true_ledger();
}

TEST_P(Asking, ASecondAnswerCorrectsTheFirst) {
    open();
    ask({"--contact", "dele@moss.example"});
    const Letter mail = letter("dele@moss.example", kAsked);
    send(browser().get(number_link(mail, 3)), {{"why", "Too late."}});
    house.advance(1h);
    const Page again = browser().get(number_link(mail, 8));
    EXPECT_TRUE(again.says("we have your answer already"));
    send(again, {{"why", "Better since yesterday."}});
    EXPECT_EQ(items(), 1U);
    EXPECT_EQ(events("LP-1").back(), "answered_again");
    EXPECT_EQ(observations("relationship.answer").size(), 2U) << "the first stays on record";
}

TEST_P(Asking, TheScannerThatClicksAllElevenScoresRendersAndWaitsChangesNothing) {
    open();
    const std::string id = ask({"--contact", "dele@moss.example"});
    const Letter mail = letter("dele@moss.example", kAsked);
    const Browser scanner(house.url(), "Mozilla/5.0 (compatible; LinkGuard/4.1; url-defence)");
    ASSERT_TRUE(becomes(id, "sent", "1"));
    const auto before = read_tables(house.database());
    std::vector<Page> pages;
    for (int number = 0; number <= 10; ++number) {
        scanner.head(number_link(mail, number));
        pages.push_back(scanner.get(number_link(mail, number)));
        house.advance(200ms);
    }
    Tables looked = read_tables(house.database());
    EXPECT_TRUE(eventually([&] {
        looked = read_tables(house.database());
        return looked["link_fetches"].size() == 22;
    }));
    // And who it was that somebody looked for, counted as provisional.
    for (const char* looking : {"link_fetches", "campaign_fetched"}) looked[looking].clear();
    EXPECT_EQ(difference(before, looked), "") << "whatever looked, nothing but the looking is on record";

    house.advance(10min);  // it renders, and it waits longer than any machine of a mail server does
    for (const Page& page : pages) EXPECT_EQ(scanner.submit(page.forms().at(0)).status, 200U);
    const auto answers = observations("relationship.answer");
    EXPECT_EQ(answers.size(), 11U) << "kept and shown";
    EXPECT_EQ(of_class(answers, "likely_bot"), 11U) << "and counted nowhere";
    EXPECT_EQ(items(), 0U);
    EXPECT_EQ(progress(id, "answered"), "0");

    // The person answers a day later, and is a person.
    house.advance(24h);
    send(browser().get(number_link(mail, 9)), {{"gesture", "pointer"}});
    EXPECT_EQ(of_class(observations("relationship.answer"), "human"), 1U);
    EXPECT_EQ(progress(id, "answered"), "1");
}

TEST_P(Asking, OneThatFollowsTheHiddenLinkIsAMachineHoweverLongItWaits) {
    open();
    ask({"--contact", "dele@moss.example"});
    const Letter mail = letter("dele@moss.example", kAsked);
    const Page page = browser().get(number_link(mail, 9));
    house.advance(1min);
    for (const std::string& address : page.addresses())
        if (address.find("leave=1") != std::string::npos) browser().get(address);
    EXPECT_TRUE(eventually([&] { return read_tables(house.database())["link_fetches"].size() == 2; }));
    send(page, {{"gesture", "pointer"}, {"why", "x"}});
    EXPECT_EQ(of_class(observations("relationship.answer"), "likely_bot"), 1U);
    EXPECT_EQ(items(), 0U);
}

TEST_P(Asking, OneClickUnsubscribesAndALookDoesNot) {
    open();
    const std::string id = ask({"--contact", "dele@moss.example", "--contact", "mara@moss.example"});
    const std::string way_out = letter("dele@moss.example", kAsked).link("/u/");
    ASSERT_NE(way_out, "");
    ASSERT_TRUE(becomes(id, "sent", "2"));
    const Tables before = read_tables(house.database());
    const Page look = browser().get(way_out);
    EXPECT_TRUE(look.says("Shall we stop asking you?")) << look.words();
    const Page hasty = browser().submit(look.forms().at(0));
    EXPECT_TRUE(hasty.says("Shall we stop asking you?")) << "machines press buttons too: the page asks again";
    EXPECT_EQ(difference(before, read_tables(house.database())), "");

    const Page gone = browser().post(way_out, "List-Unsubscribe=One-Click");
    EXPECT_EQ(gone.status, 200U) << gone.words();
    EXPECT_EQ(browser().post(way_out, "List-Unsubscribe=One-Click").status, 200U)
        << "and again, as mail programs do";
    // Mara uses the page, in no hurry.
    const Page page = browser().get(letter("mara@moss.example", kAsked).link("/u/"));
    house.advance(5s);
    EXPECT_TRUE(browser().submit(page.forms().at(0)).says("We will not ask you again"));
    EXPECT_EQ(read_tables(house.database()).at("opt_outs").size(), 2U);

    house.advance(24h * 91);
    const json::value next =
        house.json({"campaign", "send", "relationship_nps", "--account", "A-1", "--dry-run"});
    EXPECT_EQ(text(next, "/progress/left_out_by_reason/opted_out"), "2");
    // Who wants no questions still hears what came of their words.
    const std::string alias = raise("dele@moss.example");
    EXPECT_NE(letter("dele@moss.example", kAcknowledged).link("/l/"), "");
    EXPECT_EQ(state(alias), "raised");
}

TEST_P(Asking, ABadUnsubscribeLinkOrBodyStopsNothing) {
    open();
    ask({"--contact", "dele@moss.example"});
    const std::string way_out = letter("dele@moss.example", kAsked).link("/u/");
    EXPECT_EQ(browser().post(way_out + "x", "List-Unsubscribe=One-Click").status, 404U);
    EXPECT_EQ(browser().get(way_out.substr(0, way_out.size() - 3) + "000").status, 404U);
    EXPECT_EQ(browser().post(way_out, "List-Unsubscribe=Two-Clicks").status, 400U);
    EXPECT_EQ(browser().post(way_out, "").status, 415U) << "nothing has no type";
    EXPECT_EQ(browser().post(way_out, "{}", "application/json").status, 415U);
    EXPECT_TRUE(read_tables(house.database()).at("opt_outs").empty());
    EXPECT_EQ(browser()
                  .post(way_out,
                        "--b\r\nContent-Disposition: form-data; "
                        "name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n",
                        "multipart/form-data; boundary=b")
                  .status,
              200U)
        << "mail programs may send it so";
    EXPECT_EQ(read_tables(house.database()).at("opt_outs").size(), 1U);
}

TEST_P(Asking, SigkillDuringAWaveSendsNothingTwiceAndLosesNothing) {
    open();
    std::string people = "account_ref,name,email,level,language\n";
    constexpr int kPeople = 120;
    for (int i = 0; i < kPeople; ++i)
        people +=
            "A-3,Person " + std::to_string(i) + ",p" + std::to_string(i) + "@wave.example,operational,de\n";
    house.command({"import", "contacts", "-"}, people);
    const std::string id = ask({"--account", "A-3"});
    const auto arrived = [&] {
        std::map<std::string, int> mails;
        for (const std::string& raw : sink.mails())
            for (int i = 0; i < kPeople; ++i) {
                const std::string address = "p" + std::to_string(i) + "@wave.example";
                if (raw.find("<" + address + ">") != std::string::npos &&
                    raw.find("\nTo: ") != std::string::npos)
                    ++mails[address];
            }
        return mails;
    };
    for (const std::size_t many : {5U, 40U}) {
        ASSERT_TRUE(eventually([&] { return sink.mails().size() >= many; }));
        house.kill();
        house.start();
        house.advance(13min);  // beyond every lease of the host that died
    }
    ASSERT_TRUE(becomes(id, "waiting", "0"));
    const auto mails = arrived();
    for (const auto& [address, times] : mails) EXPECT_EQ(times, 1) << address;
    const json::value end = campaign(id);
    const int sent = std::stoi(text(end, "/progress/sent")),
              lost = std::stoi(text(end, "/progress/undelivered"));
    EXPECT_EQ(sent + lost, kPeople + 1)
        << "Ravi and the wave; what was in the air is never repeated: " << json::serialize(end);
    EXPECT_GE(static_cast<int>(mails.size()) + 1, sent) << "whoever counts as sent has it";
    house.advance(24h * 3);
    let_the_mail_go();
    for (const auto& [address, times] : arrived()) EXPECT_EQ(times, 1) << address;
}

TEST_P(Asking, APauseHoldsAWaveThroughACrashAndNobodyIsWrittenToTwice) {
    open();
    std::string people = "account_ref,name,email,level,language\n";
    constexpr std::size_t kPeople = 60;
    for (std::size_t i = 0; i < kPeople; ++i)
        people +=
            "A-3,Person " + std::to_string(i) + ",q" + std::to_string(i) + "@wave.example,operational,en\n";
    house.command({"import", "contacts", "-"}, people);
    const std::string id = ask({"--account", "A-3", "--over", "2h"});
    house.advance(1h);
    ASSERT_TRUE(eventually([&] { return sink.mails().size() >= 5; }));
    EXPECT_EQ(text(house.json({"campaign", "pause", id}), "/state"), "paused");
    house.kill();
    house.start();
    house.advance(13min);  // beyond the lease of what was in the air
    const std::string sent = progress(id, "sent");
    house.advance(24h * 3);
    let_the_mail_go();
    EXPECT_EQ(progress(id, "sent"), sent) << "days later it is still paused";
    EXPECT_NE(progress(id, "waiting"), "0");
    house.json({"campaign", "resume", id});
    house.advance(1h);
    ASSERT_TRUE(becomes(id, "waiting", "0"));
    std::map<std::string, int> times;
    for (const std::string& raw : sink.mails())
        for (std::size_t i = 0; i < kPeople; ++i)
            if (raw.find("<q" + std::to_string(i) + "@wave.example>") != std::string::npos)
                ++times["q" + std::to_string(i)];
    for (const auto& [who, mails] : times) EXPECT_EQ(mails, 1) << who;
    const json::value end = campaign(id);
    EXPECT_EQ(std::stoi(text(end, "/progress/sent")) + std::stoi(text(end, "/progress/undelivered")),
              static_cast<int>(kPeople) + 1)
        << "what was in the air is never repeated: " << json::serialize(end);
}

TEST_P(Asking, AReminderGoesToWhoSaidNothingAndBringsTheSameLink) {
    open();
    const std::string id =
        ask({"--contact", "dele@moss.example", "--contact", "mara@moss.example", "--remind", "7", "--words",
             R"({"reminder_1": {"en": {"text": "We still wonder, {{contact}}."}}})"});
    const Letter hers = letter("mara@moss.example", kAsked);
    send(browser().get(number_link(letter("dele@moss.example", kAsked), 9)), {{"gesture", "pointer"}});
    ASSERT_TRUE(becomes(id, "answered", "1"));
    house.advance(24h * 7 + 1min);
    ASSERT_TRUE(becomes(id, "reminded", "1"));
    const Letter reminder = letter("mara@moss.example", "Once more: how is it to work with us?");
    EXPECT_NE(reminder.text.find("We still wonder, Mara"), std::string::npos) << reminder.text;
    EXPECT_EQ(number_link(reminder, 8), number_link(hers, 8)) << "one question, one answer";
    send(browser().get(number_link(reminder, 8)), {{"gesture", "pointer"}});
    ASSERT_TRUE(becomes(id, "answered", "2"));
}

INSTANTIATE_TEST_SUITE_P(On, Asking, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
