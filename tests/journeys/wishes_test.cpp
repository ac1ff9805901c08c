/// How people wish to be asked, and addresses that come back: said on a page of theirs, seen on ours.
#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

class Wishes : public Journey {
 protected:
    static constexpr const char* kAsked = "How is it to work with us?";

    void SetUp() override {
        open();
        id_ = text(house.json({"campaign", "send", "relationship_nps", "--contact", "dele@moss.example"}),
                   "/id");
        way_ = letter("dele@moss.example", kAsked).link("/u/");
        ASSERT_NE(way_, "");
        ASSERT_TRUE(eventually([&] {
            return text(house.json({"campaign", "show", id_}), "/progress/sent") == "1";
        }));
    }
    /// The form of the page that has this field.
    static PageForm form_with_field(const Page& page, std::string_view field) {
        for (PageForm& form : page.forms())
            for (const http::FormField& one : form.fields)
                if (one.name == field) return form;
        throw std::runtime_error("no field " + std::string(field) + " in " + page.words());
    }
    Page wish(const std::vector<http::FormField>& wishes) {
        const Page page = browser().get(way_);
        house.advance(5s);
        return browser().submit(form_with_field(page, "how"), wishes);
    }
    std::string reason_of(const std::string& status) const {
        const json::value all = house.json(
            {"campaign", "explain", "--plugin", "relationship_nps", "--contact", "dele@moss.example"});
        EXPECT_EQ(text(all, "/contacts/0/status"), status);
        return text(all, "/contacts/0/reason");
    }
    std::size_t rows(const char* table) const { return read_tables(house.database()).at(table).size(); }

    std::string id_, way_;
};

TEST_P(Wishes, ALookChangesNothingAndThePageNamesAPerson) {
    const Tables before = read_tables(house.database());
    const Page page = browser().get(way_);
    EXPECT_EQ(page.status, 200U);
    EXPECT_TRUE(page.says("Half as often")) << page.words();
    EXPECT_TRUE(page.says(kAsked)) << "a question is known by the subject of its mail";
    EXPECT_TRUE(page.says("Priya Raman")) << page.words();
    browser().head(way_);
    const PageForm form = form_with_field(page, "how");
    EXPECT_TRUE(browser().submit(form, {{"how", "never"}}).says("Half as often")) << "as fast as a machine";
    EXPECT_EQ(difference(before, read_tables(house.database())), "");
}

TEST_P(Wishes, WhoWantsToBeAskedHalfAsOftenIs) {
    EXPECT_TRUE(wish({{"how", "light"}}).says("This is how we will ask you from now on."));
    wish({{"how", "light"}});
    EXPECT_EQ(rows("asking_wishes"), 1U) << "again, nothing more";
    house.advance(24h * 100);
    EXPECT_EQ(reason_of("skipped"), "resting");
    house.advance(24h * 90);
    reason_of("waiting");
}

TEST_P(Wishes, WhatWasChosenCanBeTakenBack) {
    const Page saved = wish({{"how", "never"}, {"language", "de"}});
    EXPECT_TRUE(saved.says("So fragen wir Sie von jetzt an.")) << saved.words();
    EXPECT_EQ(rows("opt_outs"), 1U);
    house.advance(5s);
    const Page undone = browser().submit(saved.forms().at(0));
    EXPECT_EQ(undone.status, 200U);
    EXPECT_EQ(rows("opt_outs"), 0U);
    EXPECT_TRUE(undone.says("Half as often")) << "in the language of before: " << undone.words();
    const Page stopped = [&] {
        const Page page = browser().get(way_);
        house.advance(5s);
        return browser().submit(page.forms().at(0));
    }();
    EXPECT_TRUE(stopped.says("We will not ask you again")) << stopped.words();
    house.advance(5s);
    browser().submit(stopped.forms().at(0));
    EXPECT_EQ(rows("opt_outs"), 0U);
}

TEST_P(Wishes, AMutedQuestionIsNotAskedAndAWrongFormChangesNothing) {
    const Page page = browser().get(way_);
    PageForm form = form_with_field(page, "how");
    std::erase_if(form.fields, [](const http::FormField& one) { return one.name == "a0"; });
    house.advance(5s);
    EXPECT_EQ(browser().submit(form, {{"language", "en"}}).status, 200U);
    house.advance(24h * 100);
    EXPECT_EQ(reason_of("skipped"), "muted");
    const Tables before = read_tables(house.database());
    EXPECT_EQ(wish({{"how", "sometimes"}}).status, 400U);
    const Tables after = read_tables(house.database());
    for (const char* table : {"asking_wishes", "opt_outs", "contacts"})
        EXPECT_EQ(after.at(table), before.at(table)) << table;
}

TEST_P(Wishes, AnAddressThatComesBackIsLeftAloneUntilAPersonLiftsIt) {
    const Tables tables = read_tables(house.database());
    std::string message;
    for (const std::string& row : tables.at("messages"))
        if (row.find("invitation") != std::string::npos) message = row.substr(row.find("msg_"), 30);
    house.json({"message", "bounced", message, "--status", "5.1.1", "--detail", "550 no such user"});
    EXPECT_EQ(text(house.json({"suppression", "list"}), "/suppressions/0/address"), "dele@moss.example");
    EXPECT_EQ(text(house.json({"suppression", "show", "dele@moss.example"}), "/suppression/cause"), "hard");
    EXPECT_EQ(text(house.json({"campaign", "explain", id_}), "/contacts/0/status"), "bounced");
    house.advance(24h * 100);
    EXPECT_EQ(reason_of("skipped"), "suppressed");
    house.json({"suppression", "lift", "dele@moss.example", "--note", "she is back"});
    reason_of("waiting");
    EXPECT_EQ(text(house.json({"suppression", "show", "dele@moss.example"}), "/lifts/0/note"), "she is back");
}

INSTANTIATE_TEST_SUITE_P(On, Wishes, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
