#include "core/relationship/import.hpp"

#include <gtest/gtest.h>

#include "core/feedback/text.hpp"

namespace candour::core {
namespace {

using Cells = std::vector<std::string>;

Table table(Cells header, const std::vector<Cells>& rows) {
    Table made{std::move(header), {}};
    int line = 1;
    for (const Cells& row : rows) made.rows.push_back({++line, row});
    return made;
}

const Cells kAccountColumns{"ref",        "name",       "segment",       "owner_email",
                            "owner_name", "renewal_on", "annual_revenue"};
const Cells kContactColumns{"account_ref", "name", "email", "level", "language", "zone", "active"};

/// The reason why this one row is refused; empty when it is taken.
std::string account_problem(const Cells& row) {
    const auto import = read_accounts(table(kAccountColumns, {row}));
    if (!import) return "header: " + import.error().message;
    return import->problems.empty() ? "" : import->problems.front().reason;
}

std::string contact_problem(const Cells& row) {
    const auto import = read_contacts(table(kContactColumns, {row}));
    if (!import) return "header: " + import.error().message;
    return import->problems.empty() ? "" : import->problems.front().reason;
}

TEST(AccountImport, ReadsEveryColumn) {
    const auto import = read_accounts(table(
        kAccountColumns,
        {{" A-1 ", "Halden", "Co_Creator", "Grace@House.Example", "Grace", "2031-02-28", "5000000000"}}));
    ASSERT_TRUE(import) << import.error().message;
    ASSERT_EQ(import->rows.size(), 1U);
    const AccountRow& row = import->rows.front();
    EXPECT_EQ(row.line, 2);
    EXPECT_EQ(row.account.ref, "A-1");
    EXPECT_EQ(row.account.segment, Segment::co_creator);
    EXPECT_EQ(row.owner_email, "grace@house.example");
    EXPECT_EQ(row.owner_name, "Grace");
    EXPECT_EQ(row.account.renewal_on, "2031-02-28");
    EXPECT_EQ(row.account.annual_revenue, 5'000'000'000);
}

TEST(AccountImport, NeedsOnlyTheStarredColumnsInAnyOrder) {
    const auto import = read_accounts(table({"name", "ref"}, {{"Halden", "A-1"}}));
    ASSERT_TRUE(import);
    EXPECT_EQ(import->rows.front().account.ref, "A-1");
    EXPECT_EQ(import->rows.front().account.segment, Segment::unclassified);
    EXPECT_EQ(import->rows.front().account.annual_revenue, -1);
}

TEST(AccountImport, RefusesAHeaderWithATypo) {
    const std::string expected = "ref*, name*, segment, owner_email, owner_name, renewal_on, annual_revenue";
    EXPECT_EQ(read_accounts(table({"ref", "name", "segmnt"}, {})).error().message,
              "line 1: unknown column \"segmnt\"; expected some of: " + expected);
    EXPECT_EQ(read_accounts(table({"ref"}, {})).error().message,
              "line 1: column \"name\" is missing; expected: " + expected);
    EXPECT_EQ(read_accounts(table({}, {})).error().code, ErrorCode::invalid);
}

TEST(AccountImport, RefusesAFileThatIsOneEndlessLineInAFewWords) {
    const auto import = read_accounts(table({std::string(100'000'000, 'x')}, {}));
    ASSERT_FALSE(import);
    EXPECT_LT(import.error().message.size(), 400U);
}

TEST(AccountImport, NamesWhatIsWrongWithARow) {
    const Cells good{"A-1", "Halden", "", "", "", "", ""};
    EXPECT_EQ(account_problem(good), "");
    const std::tuple<std::size_t, std::string, std::string> spoilt[] = {
        {0, "", "ref: expected a text, found nothing"},
        {1, "  ", "name: expected a text, found nothing"},
        {1, std::string(kMaxLine + 1, 'x'), "name: expected at most 500 characters, found 501"},
        {1, "f\xfcr", "name: expected UTF-8 text, found bytes that are not UTF-8"},
        {1, std::string("a\0b", 3), "name: expected text, found a NUL character"},
        {2, "best",
         "segment: expected one of co_creator, opportunity, reliable, edge, unclassified; found \"best\""},
        {3, "Grace", "owner_email: expected an e-mail address, found \"grace\""},
        {3, "a@b@c", "owner_email: expected an e-mail address, found \"a@b@c\""},
        {3, "@b", "owner_email: expected an e-mail address, found \"@b\""},
        {3, "a@", "owner_email: expected an e-mail address, found \"a@\""},
        {3, "a b@c", "owner_email: expected an e-mail address, found \"a b@c\""},
        {3, "<a@c>", "owner_email: expected an e-mail address, found \"<a@c>\""},
        {5, "2031-02-29", "renewal_on: expected a date as YYYY-MM-DD, found \"2031-02-29\""},
        {5, "31.12.2031", "renewal_on: expected a date as YYYY-MM-DD, found \"31.12.2031\""},
        {5, "2031-13-01", "renewal_on: expected a date as YYYY-MM-DD, found \"2031-13-01\""},
        {5, "2031-1-01", "renewal_on: expected a date as YYYY-MM-DD, found \"2031-1-01\""},
        {5, "-031-01-01", "renewal_on: expected a date as YYYY-MM-DD, found \"-031-01-01\""},
        {5, "2031-01-01x", "renewal_on: expected a date as YYYY-MM-DD, found \"2031-01-01x\""},
        {6, "12.5", "annual_revenue: expected a whole amount such as 120000, found \"12.5\""},
        {6, "-3", "annual_revenue: expected a whole amount such as 120000, found \"-3\""},
        {6, "99999999999999999999",
         "annual_revenue: expected a whole amount such as 120000, found \"99999999999999999999\""},
        {6, "1 000", "annual_revenue: expected a whole amount such as 120000, found \"1 000\""}};
    for (const auto& [column, value, reason] : spoilt) {
        Cells row = good;
        row[column] = value;
        EXPECT_EQ(account_problem(row), reason);
    }
    EXPECT_EQ(account_problem({"A-1", "Halden"}), "expected 7 cells, found 2");
}

TEST(AccountImport, TakesTheGoodRowsAndNamesTheOthersByLine) {
    const auto import = read_accounts(table(
        {"ref", "name"}, {{"A-1", "Halden"}, {"", "Nobody"}, {"A-2", "Orrin"}, {"A-1", "Halden again"}}));
    ASSERT_TRUE(import);
    EXPECT_EQ(import->rows.size(), 2U);
    EXPECT_EQ(import->problems, (std::vector<RowProblem>{{3, "ref: expected a text, found nothing"},
                                                         {5, "stands in this file more than once"}}));
}

TEST(ContactImport, ReadsEveryColumn) {
    const auto import = read_contacts(table(
        kContactColumns, {{"A-1", "Ada", "Ada@Example.org", "Executive", "de", "Europe/Berlin", "No"}}));
    ASSERT_TRUE(import) << import.error().message;
    const ContactRow& row = import->rows.front();
    EXPECT_EQ(row.account_ref, "A-1");
    EXPECT_EQ(row.contact.email, "ada@example.org");
    EXPECT_EQ(row.contact.level, Level::executive);
    EXPECT_EQ(row.contact.language, "de");
    EXPECT_EQ(row.contact.zone, "Europe/Berlin");
    EXPECT_FALSE(row.contact.active);
}

TEST(ContactImport, NamesWhatIsWrongWithARow) {
    EXPECT_EQ(contact_problem({"A-1", "Ada", "", "", "", "", ""}), "");
    EXPECT_EQ(contact_problem({"", "Ada", "", "", "", "", ""}),
              "account_ref: expected a text, found nothing");
    EXPECT_EQ(contact_problem({"A-1", "", "", "", "", "", ""}), "name: expected a text, found nothing");
    EXPECT_EQ(contact_problem({"A-1", "Ada", "ada", "", "", "", ""}),
              "email: expected an e-mail address, found \"ada\"");
    for (const char* address : {"ada@example.org\r\nBcc: all@example.org", "ada@example.org\nBcc: x@y.org",
                                "ada@example.org, all@example.org", "<ada@example.org>", "a da@example.org"})
        EXPECT_EQ(contact_problem({"A-1", "Ada", address, "", "", "", ""}).substr(0, 6), "email:") << address;
    EXPECT_EQ(contact_problem({"A-1", "Ada", "", "boss", "", "", ""}),
              "level: expected one of operational, managerial, executive; found \"boss\"");
    EXPECT_EQ(contact_problem({"A-1", "Ada", "", "", "", "", "maybe"}),
              "active: expected yes or no, found \"maybe\"");
}

TEST(ContactImport, KnowsTwoPeopleWithoutAnAddressAndOnePersonAtTwoAccounts) {
    const auto import =
        read_contacts(table({"account_ref", "name", "email"}, {{"A-1", "Ada", ""},
                                                               {"A-1", "Eve", ""},
                                                               {"A-1", "Ada", "ada@example.org"},
                                                               {"A-2", "Ada", "ada@example.org"},
                                                               {"A-1", "Ada", "ADA@example.org"}}));
    ASSERT_TRUE(import);
    EXPECT_EQ(import->rows.size(), 4U);
    EXPECT_EQ(import->problems, (std::vector<RowProblem>{{6, "stands in this file more than once"}}));
}

}  // namespace
}  // namespace candour::core
