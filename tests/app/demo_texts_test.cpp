/// The demo's files fit together before anybody loads them.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <map>
#include <set>

#include "app/cli/output.hpp"
#include "app/demo/days.hpp"
#include "app/demo/history.hpp"
#include "app/demo/plan.hpp"
#include "candour_demo.hpp"
#include "core/feedback/answer_rows.hpp"
#include "core/feedback/text.hpp"
#include "edge/csv/reader.hpp"

using namespace candour;
using namespace candour::app::demo;

namespace {

const Days kDays(std::chrono::sys_days(std::chrono::year(2031) / 3 / 1));

core::Table table(std::string_view csv) {
    const Result<core::Table> read = csv::read(csv);
    EXPECT_TRUE(read) << read.error().message;
    return read.value_or({});
}

core::Import<core::AnswerRow> answers(Part part) {
    const Result<std::string> file = answers_file(kDays, voices_of(planned_items()), part);
    EXPECT_TRUE(file) << file.error().message;
    const auto import = core::read_answers(table(file.value_or("")));
    EXPECT_TRUE(import) << import.error().message;
    return import.value_or({});
}

std::map<std::string, core::ContactRow> contacts() {
    std::map<std::string, core::ContactRow> by_address;
    const auto import = core::read_contacts(table(kDays.dated(texts::contacts_csv)));
    EXPECT_TRUE(import && import->problems.empty());
    for (const core::ContactRow& row : import->rows) by_address[row.contact.email] = row;
    return by_address;
}

}  // namespace

TEST(DemoDays, AreCountedFromTheDayOfTheFirstLoad) {
    EXPECT_EQ(kDays.dated("a,{-1},{+30},{+0}"), "a,2031-02-28,2031-03-31,2031-03-01");
    EXPECT_EQ(kDays.dated("{}{x}{+}{+1x}{-1 {"), "{}{x}{+}{+1x}{-1 {") << "only a whole mark is a day";
}

TEST(DemoPeople, AreTwelveAccountsInFourSegmentsWithNinetyContactsAtThreeLevels) {
    const auto accounts = core::read_accounts(table(kDays.dated(texts::accounts_csv)));
    ASSERT_TRUE(accounts && accounts->problems.empty());
    std::map<core::Segment, int> segments;
    for (const core::AccountRow& row : accounts->rows) ++segments[row.account.segment];
    EXPECT_EQ(segments, (std::map<core::Segment, int>{{core::Segment::co_creator, 3},
                                                      {core::Segment::opportunity, 3},
                                                      {core::Segment::reliable, 3},
                                                      {core::Segment::edge, 3}}));
    std::set<core::Level> levels;
    std::set<std::string> languages;
    for (const auto& [address, row] : contacts()) {
        levels.insert(row.contact.level);
        languages.insert(row.contact.language);
        EXPECT_TRUE(address.ends_with(".example")) << address << ": nobody real is ever written to";
    }
    EXPECT_EQ(contacts().size(), 93U);
    EXPECT_EQ(levels.size(), 3U);
    EXPECT_EQ(languages, (std::set<std::string>{"de", "en", "es", "fr"}));
}

TEST(DemoAnswers, AreReadByTheImportWithoutAProblem) {
    const auto people = contacts();
    const auto past = answers(Part::all_but), now = answers(Part::only);
    EXPECT_TRUE(past.problems.empty()) << past.problems.front().reason;
    EXPECT_GT(past.rows.size(), 400U);
    EXPECT_EQ(now.rows.size(), voices_of(planned_items()).size());
    std::size_t with_words = 0, with_stance = 0;
    for (const auto& import : {past, now})
        for (const core::AnswerRow& row : import.rows) {
            EXPECT_TRUE(people.contains(row.email)) << row.email;
            EXPECT_LT(row.on, std::chrono::year_month_day(std::chrono::year(2031) / 3 / 1));
            EXPECT_TRUE(core::check_text("comment", row.comment)) << row.email;
            with_words += row.comment.empty() ? 0 : 1;
            with_stance += row.declared ? 1 : 0;
        }
    EXPECT_GE(with_words, 150U);
    EXPECT_GT(with_stance, 60U);
}

TEST(DemoAnswers, SpanEightQuartersUpToTheLastDays) {
    std::set<int> quarters;
    for (const core::AnswerRow& row : answers(Part::all_but).rows)
        quarters.insert(static_cast<int>(
            (std::chrono::sys_days(std::chrono::year(2031) / 3 / 1) - std::chrono::sys_days(row.on)).count() /
            91));
    EXPECT_EQ(quarters, (std::set<int>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(DemoAnswers, NeverSayTheSameTwice) {
    std::set<std::string> words;
    for (const core::TableRow& row : table(texts::words_csv).rows)
        EXPECT_TRUE(words.insert(row.cells.at(2)).second) << row.cells.at(2);
    EXPECT_GE(words.size(), 150U);
}

TEST(DemoAnswers, ExplainAScoreThatStandsInTheWaves) {
    std::set<std::string> answered;
    for (const core::TableRow& row : table(texts::waves_csv).rows)
        for (std::size_t i = 1; i < row.cells.size(); ++i)
            if (!row.cells[i].empty())
                answered.insert(row.cells[0] + "#" + std::to_string(9 - static_cast<int>(i)));
    for (const core::TableRow& row : table(texts::words_csv).rows)
        EXPECT_TRUE(answered.contains(row.cells.at(0) + "#" + row.cells.at(1))) << row.cells.at(2);
}

TEST(DemoPlan, GivesEverybodyOneItemAndKnowsEveryStep) {
    const auto people = contacts();
    const std::set<std::string> known{"hear",    "decide",  "change", "tell",
                                      "dismiss", "abandon", "press",  "bounce"};
    std::set<std::string> owners;
    for (const PlannedItem& item : planned_items()) {
        EXPECT_TRUE(people.contains(item.contact)) << item.contact;
        EXPECT_TRUE(owners.insert(item.contact).second) << item.contact;
        for (const boost::json::value& step : item.steps())
            EXPECT_TRUE(known.contains(app::cli::text_at(step, "step"))) << boost::json::serialize(step);
    }
}

TEST(DemoPlan, FindsInTheLedgerHowFarItIs) {
    const auto events = [](std::initializer_list<const char*> names) {
        boost::json::array history;
        for (const char* name : names) history.push_back(boost::json::object{{"event", name}});
        return history;
    };
    const boost::json::array steps =
        boost::json::parse(
            R"([{"step": "hear"}, {"step": "tell"}, {"step": "press", "button": "not_yet"}, {"step": "hear"}])")
            .as_array();
    EXPECT_EQ(steps_taken(events({"raised"}), steps), 0U);
    EXPECT_EQ(steps_taken(events({"raised", "heard", "tell_requested", "told"}), steps), 2U);
    EXPECT_EQ(
        steps_taken(events({"raised", "heard", "tell_requested", "told", "not_yet", "reopened"}), steps), 3U);
    EXPECT_EQ(
        steps_taken(events({"raised", "heard", "tell_requested", "told", "not_yet", "reopened", "heard"}),
                    steps),
        4U);
    EXPECT_EQ(round_after(steps, 2), 1);
    EXPECT_EQ(round_after(steps, 3), 2);
}
