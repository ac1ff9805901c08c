/// Nobody does anything, and time speaks up: by mail to ourselves, in working hours, once each.
#include "journeys/journey.hpp"

namespace candour::journeys {
namespace {

constexpr const char* kOffice = R"({"zone": "Europe/Oslo", "weekly": [
  {"day": "mon", "from": "09:00", "to": "17:00"}, {"day": "tue", "from": "09:00", "to": "17:00"},
  {"day": "wed", "from": "09:00", "to": "17:00"}, {"day": "thu", "from": "09:00", "to": "17:00"},
  {"day": "fri", "from": "09:00", "to": "17:00"}], "holidays": []})";

class TimePasses : public Journey {
 protected:
    /// Who may say how the house works.
    void become_admin() {
        house.command({"token", "create", "--name", "boss", "--teammate", "priya@halden.example", "--scope",
                       "admin", "--save"});
    }
    void name_who_stands_behind() {
        become_admin();
        for (const char* who : {"ines@halden.example", "ceo@halden.example"})
            house.command({"token", "create", "--name", who, "--teammate", who, "--teammate-name", who});
        house.command({"care", "teammate", "priya@halden.example", "--manager", "ines@halden.example"});
        house.command({"care", "account", "A-1", "--sponsor", "ceo@halden.example"});
    }
    std::size_t reminders(const std::string& to) const { return letters(to, "LP-").size(); }
    /// The event stands on the ledger, and the mail about it has waited for others.
    void wait_for(const std::string& to, std::size_t count, const std::string& alias, const char* event) {
        ASSERT_TRUE(support::eventually([&] { return events(alias).back() == event; }));
        house.advance(std::chrono::minutes(15));
        ASSERT_TRUE(support::eventually([&] { return reminders(to) == count; }))
            << to << " has " << reminders(to);
    }
};

TEST_P(TimePasses, AndTheOwnerTheManagerAndTheSponsorHearOfItOnceEach) {
    open();
    name_who_stands_behind();
    const std::string alias = raise("dele@moss.example", "Alerts come too late.");
    house.advance(std::chrono::hours(49));
    wait_for("priya@halden.example", 1, alias, "owner_reminded");
    const Letter first = letter("priya@halden.example", alias + ", Moss Freight: overdue, say what we heard");
    EXPECT_NE(first.text.find("Alerts come too late."), std::string::npos);
    EXPECT_NE(first.text.find("Dele Okafor"), std::string::npos);
    EXPECT_EQ(first.text.find("/l/"), std::string::npos) << "no customer's link in a mail to us";
    house.advance(std::chrono::hours(48));
    wait_for("ines@halden.example", 1, alias, "manager_reminded");
    house.advance(std::chrono::hours(48));
    wait_for("ceo@halden.example", 1, alias, "sponsor_reminded");
    house.advance(std::chrono::hours(480));
    let_the_mail_go();
    EXPECT_EQ(reminders("priya@halden.example"), 1U);
    EXPECT_EQ(events(alias),
              (std::vector<std::string>{"raised", "owner_reminded", "manager_reminded", "sponsor_reminded"}));
    expect_true_ledger();
}

TEST_P(TimePasses, AndAnotherChannelIsAskedForBeforeTheItemFallsQuiet) {
    open();
    const std::string alias = raise("dele@moss.example");
    bring_to_changed(alias);
    const std::string page = tell_by_mail(alias, "dele@moss.example");
    house.advance(std::chrono::hours(24 * 7));
    ASSERT_TRUE(support::eventually([&] { return events(alias).back() == "channel_asked"; }));
    house.advance(std::chrono::minutes(15));
    EXPECT_NE(
        letter("priya@halden.example", alias + ", Moss Freight: nobody has seen").text.find("Dele Okafor"),
        std::string::npos);
    house.advance(std::chrono::hours(24 * 7));
    ASSERT_TRUE(support::eventually([&] { return text(item(alias), "/quiet") == "true"; }));
    EXPECT_EQ(state(alias), "told") << "quiet is not closed";
    press(page, "seen");
    EXPECT_EQ(state(alias), "visibly_closed") << "late is not too late";
    expect_true_ledger();
}

TEST_P(TimePasses, OnlyWhileSomebodyWorks) {
    open();
    EXPECT_NE(house.command({"calendar", "list"}).find("No calendars"), std::string::npos);
    EXPECT_EQ(house.run({"calendar", "set", "organisation", "-"}, kOffice).code, 1)
        << "not with everybody's token";
    become_admin();
    house.command({"calendar", "set", "organisation", "-"}, kOffice);
    EXPECT_NE(house.command({"calendar", "show", "organisation"}).find("mon  09:00 to 17:00"),
              std::string::npos);
    const std::string alias = raise("dele@moss.example");
    const std::string due = text(item(alias), "/due/hear");
    const std::string hour = due.substr(11, 2);
    EXPECT_GE(hour, "07") << due;
    EXPECT_LE(hour, "16") << due;
    const support::Finished refused =
        house.run({"calendar", "set", "organisation", "-"}, R"({"zone": "UTC", "weekly": []})");
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.errors.find("at least one interval"), std::string::npos) << refused.errors;
    EXPECT_EQ(
        house.run({"care", "teammate", "nobody@halden.example", "--manager", "priya@halden.example"}).code,
        1);
    EXPECT_EQ(house.run({"care", "teammate", "priya@halden.example"}).code, 2);
}

INSTANTIATE_TEST_SUITE_P(On, TimePasses, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
