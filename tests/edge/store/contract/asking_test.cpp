#include "crypto/id_source.hpp"
#include "edge/store/campaign_explain.hpp"
#include "edge/store/campaigns.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/directory.hpp"
#include "edge/store/preferences.hpp"

namespace candour::store::contract {
namespace {

using core::LeftOut;
using std::chrono::days;

/// Who is asked, and when: a Monday noon in UTC.
class Asking : public Contract {
 protected:
    void SetUp() override { world.customer("ada@example.org"); }

    core::ContactRow person(const std::string& name, core::Level level = core::Level::operational,
                            const std::string& zone = "") {
        core::ContactRow row;
        row.account_ref = "A-1";
        row.contact.name = name;
        row.contact.email = name + "@example.org";
        row.contact.level = level;
        row.contact.zone = zone;
        return row;
    }
    void add(std::vector<core::ContactRow> rows) {
        const auto imported =
            world.run(world.relationships.import_contacts(std::move(rows), {}, world.clock.now(), false));
        ASSERT_TRUE(imported && imported->problems.empty());
    }
    void set_calendar(std::vector<std::chrono::year_month_day> holidays = {}) {
        core::Calendar office{core::kHouseCalendar, "Europe/Berlin", {}, std::move(holidays)};
        for (unsigned day = 1; day <= 5; ++day) office.week.push_back({std::chrono::weekday{day}, 8h, 18h});
        ASSERT_TRUE(world.run(world.calendars.set_calendar(office, {}, world.clock.now())));
    }
    flow::PlannedCampaign campaign(core::Audience audience) {
        flow::PlannedCampaign planned;
        planned.id = crypto::new_id<CampaignId>(world.clock.now());
        planned.request.plugin = "relationship_nps";
        planned.request.about = "relationship-1";
        planned.request.audience = std::move(audience);
        planned.request.at = world.clock.now();
        planned.now = world.clock.now();
        planned.rest = core::kRest;
        return planned;
    }
    flow::PlannedCampaign everybody() { return campaign({.all = true}); }
    CampaignId plan(Campaigns& store, const flow::PlannedCampaign& wanted) {
        const auto begun = world.run(store.begin(wanted));
        EXPECT_TRUE(begun) << begun.error().message;
        while (world.run(store.plan_page(wanted.id, world.clock.now())).value_or(false)) {
        }
        return wanted.id;
    }
    std::vector<flow::ExplainedContact> explain(const CampaignId& id, flow::ExplainQuery query = {}) {
        const auto page = world.run(explained.explain(id, std::move(query)));
        EXPECT_TRUE(page) << page.error().message;
        return page.value_or({}).contacts;
    }
    std::vector<flow::ExplainedContact> ahead(const flow::PlannedCampaign& wanted) {
        const auto page = world.run(explained.explain_ahead(wanted, {}));
        EXPECT_TRUE(page) << page.error().message;
        return page.value_or({}).contacts;
    }
    /// "bob waiting quiet_hours", by name.
    std::vector<std::string> lines(const std::vector<flow::ExplainedContact>& all) {
        std::vector<std::string> texts;
        for (const flow::ExplainedContact& one : all)
            texts.push_back(one.name + " " + std::string(core::name_of(flow::kContactStatuses, one.status)) +
                            (one.reason.empty() ? "" : " " + one.reason));
        std::sort(texts.begin(), texts.end());
        return texts;
    }
    core::Instant until(const std::vector<flow::ExplainedContact>& all, const std::string& name) {
        for (const flow::ExplainedContact& one : all)
            if (one.name == name) return one.until;
        return core::kNever;
    }
    void wish(const char* what, const std::string& name, const char* about = "") {
        world.execute(
            "INSERT INTO asking_wishes (contact_id, wish, plugin, about, address, message_id, at) "
            "SELECT id, '" +
            std::string(what) + "', '" + (*about == '\0' ? "" : "relationship_nps") + "', '" + about +
            "', email, '', 1 FROM contacts WHERE name = '" + name + "'");
    }

    Campaigns campaigns{world.database, world.clock, "UTC"};
    CampaignExplain explained{world.database, {"UTC", 0}};
    Directory directory{world.database, "UTC"};
};
INSTANTIATE_TEST_SUITE_P(Store, Asking, both(), named);

TEST_P(Asking, WritesToEverybodyInTheHoursOfTheirOwnZone) {
    set_calendar();
    add({person("tokyo", core::Level::operational, "Asia/Tokyo"),
         person("lima", core::Level::operational, "America/Lima")});
    const auto all = explain(plan(campaigns, everybody()));
    EXPECT_EQ(lines(all), (std::vector<std::string>{"ada waiting", "lima waiting quiet_hours",
                                                    "tokyo waiting quiet_hours"}));
    EXPECT_EQ(until(all, "ada"), world.clock.now()) << "13:00 in the zone of the calendar";
    EXPECT_EQ(until(all, "lima"), world.clock.now() + 1h) << "07:00 there";
    EXPECT_EQ(until(all, "tokyo"), world.clock.now() + 11h) << "21:00 there";
    EXPECT_EQ(world.claim().size(), 1U);
    world.clock.advance(11h);
    const auto due = world.claim();
    ASSERT_EQ(due.size(), 1U) << "by now it is evening for the others";
    EXPECT_EQ(due.front().contact_name, "tokyo");
}

TEST_P(Asking, PassesOverHolidaysAndDaysOff) {
    set_calendar({std::chrono::year{2031} / 3 / 3});
    const auto today = explain(plan(campaigns, everybody()));
    EXPECT_EQ(lines(today), std::vector<std::string>{"ada waiting holiday"});
    EXPECT_EQ(until(today, "ada"), world.clock.now() + 19h) << "Tuesday 08:00 in Berlin";
    EXPECT_EQ(today.front().why, "it is a holiday there");
    add({person("bob")});
    world.clock.advance(days{5});
    const auto saturday = explain(plan(campaigns, everybody()));
    EXPECT_EQ(lines(saturday), (std::vector<std::string>{"ada skipped resting", "bob waiting day_off"}));
}

TEST_P(Asking, KeepsItsPromiseOnTheNightsOnWhichClocksChange) {
    core::Calendar night{core::kHouseCalendar, "Europe/Berlin", {}, {}};
    for (unsigned day = 0; day <= 6; ++day)
        night.week.push_back({std::chrono::weekday{day}, std::chrono::minutes{150}, 18h});
    ASSERT_TRUE(world.run(world.calendars.set_calendar(night, {}, world.clock.now())));
    // 30 March 2031: the wall jumps from 02:00 to 03:00, so 02:30 never comes.
    flow::PlannedCampaign spring = everybody();
    spring.request.at = core::Instant(std::chrono::sys_days{std::chrono::year{2031} / 3 / 30});
    EXPECT_EQ(until(ahead(spring), "ada"), spring.request.at + 1h);
    // 26 October 2031: it shows 02:00 to 03:00 twice; at 02:10 for the second time 02:30 is still to come.
    flow::PlannedCampaign autumn = everybody();
    autumn.request.at = core::Instant(std::chrono::sys_days{std::chrono::year{2031} / 10 / 26}) + 70min;
    EXPECT_EQ(until(ahead(autumn), "ada"), autumn.request.at + 20min);
}

TEST_P(Asking, WaitsForTheMorningWhateverKeptAMailBackUntilTheNight) {
    set_calendar();
    const CampaignId id = plan(campaigns, everybody());
    world.clock.advance(12h);
    EXPECT_TRUE(world.claim().empty()) << "01:00 in Berlin";
    const auto waiting = explain(id);
    EXPECT_EQ(lines(waiting), std::vector<std::string>{"ada waiting quiet_hours"});
    EXPECT_EQ(until(waiting, "ada"), world.clock.now() + 7h);
    world.clock.advance(7h);
    const auto due = world.claim();
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due.front().attempts, 1) << "nothing was tried before";
}

TEST_P(Asking, WithholdsAQuestionThatWasMutedAfterItWasPlanned) {
    plan(campaigns, everybody());
    wish("mute", "ada", "relationship-1");
    const auto due = world.claim();
    ASSERT_EQ(due.size(), 1U);
    EXPECT_TRUE(due.front().unwanted);
}

TEST_P(Asking, WithoutACalendarWritesAtOnce) {
    add({person("tokyo", core::Level::operational, "Asia/Tokyo")});
    EXPECT_EQ(lines(explain(plan(campaigns, everybody()))),
              (std::vector<std::string>{"ada waiting", "tokyo waiting"}));
}

TEST_P(Asking, SpreadsAnAccountOverDaysWhenSoManyMayBeAskedOnOne) {
    add({person("bob"), person("cy"), person("dee")});
    Campaigns slow{world.database, world.clock, "UTC", 2};
    const auto all = explain(plan(slow, everybody()));
    std::map<core::Instant, int> by_time;
    for (const flow::ExplainedContact& one : all) ++by_time[one.until];
    const core::Instant midnight = world.clock.now() + 12h;
    EXPECT_EQ(by_time, (std::map<core::Instant, int>{{world.clock.now(), 2}, {midnight, 2}}));
    add({person("eve")});
    const auto more = explain(plan(slow, everybody()), {flow::ContactStatus::waiting, "", "", 10});
    ASSERT_EQ(more.size(), 1U);
    EXPECT_EQ(more.front().until, midnight + days{1}) << "over all campaigns";
    EXPECT_EQ(more.front().reason, "account_day");
}

TEST_P(Asking, DrawsTheSampleThatItShowedBefore) {
    std::vector<core::ContactRow> many;
    for (int i = 0; i < 20; ++i) many.push_back(person("user" + std::to_string(i)));
    many.push_back(person("boss", core::Level::executive));
    add(std::move(many));
    flow::PlannedCampaign sampled = everybody();
    sampled.request.audience.sample.per_account = 4;
    const auto shown = ahead(sampled);
    const auto planned = explain(plan(campaigns, sampled));
    EXPECT_EQ(lines(shown), lines(planned));
    EXPECT_EQ(std::ranges::count(planned, flow::ContactStatus::waiting, &flow::ExplainedContact::status), 4);
    EXPECT_NE(std::ranges::find(planned, "boss", &flow::ExplainedContact::name)->status,
              flow::ContactStatus::skipped);
    EXPECT_EQ(std::ranges::count(planned, "not_sampled", &flow::ExplainedContact::reason), 18);
}

TEST_P(Asking, FindsPeopleByTagsRolesAndLastAnswer) {
    core::ContactRow tagged = person("bob");
    tagged.tags = std::vector<std::string>{"board", "pilot"};
    add({tagged, person("cy")});
    flow::PersonChange change;
    change.roles = {core::ContactRole::sponsor};
    ASSERT_TRUE(world.run(directory.change("cy@example.org", change, {}, world.clock.now())));
    EXPECT_EQ(lines(ahead(campaign({.tags = {"pilot"}}))), std::vector<std::string>{"bob waiting"});
    EXPECT_EQ(lines(ahead(campaign({.roles = {"sponsor"}}))), std::vector<std::string>{"cy waiting"});

    world.execute(
        "INSERT INTO metric_facts (contact_id, seq, view, day, at, thread, withdrawn, v0, v1, v2, v3) "
        "SELECT id, 1, 1, 20000, 1728000000000000, 0, 0, 9, 1, 0, 0 FROM contacts WHERE name = 'cy'");
    core::Audience asked;
    asked.last_answer.never = true;
    EXPECT_EQ(lines(ahead(campaign(asked))), (std::vector<std::string>{"ada waiting", "bob waiting"}));
    asked.last_answer = {.before = 20'001, .classes = {"promoter"}};
    EXPECT_EQ(lines(ahead(campaign(asked))), std::vector<std::string>{"cy waiting"});
    asked.last_answer = {.after = 20'000};
    EXPECT_TRUE(ahead(campaign(asked)).empty());
}

TEST_P(Asking, RespectsWhoWantsItLighterAndWhoMutedTheQuestion) {
    add({person("bob"), person("cy")});
    plan(campaigns, everybody());
    wish("light", "bob");
    wish("mute", "cy", "relationship-1");
    world.clock.advance(days{100});
    EXPECT_EQ(lines(ahead(everybody())),
              (std::vector<std::string>{"ada waiting", "bob skipped resting", "cy skipped muted"}));
    flow::PlannedCampaign other = everybody();
    other.request.about = "something else";
    world.clock.advance(days{80});
    other.request.at = world.clock.now();
    EXPECT_EQ(lines(ahead(other)), (std::vector<std::string>{"ada waiting", "bob waiting", "cy waiting"}));
}

TEST_P(Asking, SaysWhatBecameOfEverybody) {
    add({person("bob"), person("cy"), person("dee")});
    world.execute("UPDATE contacts SET active = 0 WHERE name = 'dee'");
    const CampaignId id = plan(campaigns, everybody());
    for (const flow::DueMessage& message : world.claim()) {
        if (message.contact_name == "cy") continue;
        world.hand_over(message);
        if (message.contact_name != "bob") continue;
        ASSERT_TRUE(world.run(world.outbox.bounced(message.id, "5.1.1", "no such mailbox")));
    }
    EXPECT_EQ(lines(explain(id)),
              (std::vector<std::string>{"ada sent", "bob bounced", "cy waiting", "dee skipped inactive"}));
    const auto bounced = explain(id, {flow::ContactStatus::bounced, "", "", 10});
    ASSERT_EQ(bounced.size(), 1U);
    EXPECT_EQ(bounced.front().why, "no such mailbox");
    EXPECT_EQ(lines(explain(id, {std::nullopt, "inactive", "", 10})),
              std::vector<std::string>{"dee skipped inactive"});
    EXPECT_EQ(explain(id, {std::nullopt, "inactive", "", 10}).front().why, "has left");
    EXPECT_EQ(world.run(explained.explain(CampaignId(IdBytes{7}), {})).error().code, ErrorCode::not_found);
}

TEST_P(Asking, ShowsEverybodyPageByPage) {
    add({person("bob"), person("cy")});
    const CampaignId id = plan(campaigns, everybody());
    std::vector<flow::ExplainedContact> all;
    flow::ExplainQuery query;
    query.limit = 2;
    for (int pages = 1;; ++pages) {
        const auto page = world.run(explained.explain(id, query));
        ASSERT_TRUE(page);
        all.insert(all.end(), page->contacts.begin(), page->contacts.end());
        query.after = page->next;
        if (query.after.empty()) {
            EXPECT_EQ(pages, 2);
            break;
        }
    }
    EXPECT_EQ(all.size(), 3U);
    query.after = "x";
    EXPECT_EQ(world.run(explained.explain_ahead(everybody(), query)).error().code, ErrorCode::invalid);
}

/// What people say on the page that every question leads to.
class Wishing : public Asking {
 protected:
    void SetUp() override {
        Asking::SetUp();
        plan(campaigns, everybody());
        const flow::DueMessage due = world.claim().front();
        world.hand_over(due);
        message = due.id;
    }
    flow::Preferences now() { return world.run(store.preferences(message)).value_or({}); }
    flow::Preferences prefer(flow::HowOften how, const std::string& language = "",
                             std::vector<flow::AskedQuestion> questions = {}) {
        const auto before =
            world.run(store.prefer(message, {how, language, std::move(questions)}, world.clock.now()));
        EXPECT_TRUE(before) << before.error().message;
        return before.value_or({});
    }
    long long opted_out() {
        return world.count(
            "SELECT COALESCE(MAX(CAST(value AS BIGINT)), 0) FROM relationship_history "
            "WHERE seq = (SELECT MAX(seq) FROM relationship_history WHERE what = 'opted_out')");
    }

    Preferences store{world.database, "UTC"};
    MessageId message;
};
INSTANTIATE_TEST_SUITE_P(Store, Wishing, both(), named);

TEST_P(Wishing, BeginsWithWhateverThereIsAReasonForAndAPersonToTalkTo) {
    const flow::Preferences preferences = now();
    EXPECT_EQ(preferences.how, flow::HowOften::as_asked);
    EXPECT_EQ(preferences.person_name, "Grace");
    EXPECT_EQ(preferences.person_email, "grace@house.example");
    ASSERT_EQ(preferences.questions.size(), 1U);
    EXPECT_EQ(preferences.questions.front().label, "What came of it") << "the subject of the mail";
    EXPECT_FALSE(preferences.questions.front().muted);
    EXPECT_EQ(world.run(store.preferences(MessageId(IdBytes{9}))).error().code, ErrorCode::not_found);
}

TEST_P(Wishing, IsKeptOnceAndTakenBackByWhatWasInForceBefore) {
    flow::AskedQuestion muted = now().questions.front();
    muted.muted = true;
    for (int i = 0; i < 2; ++i) prefer(flow::HowOften::light, "de", {muted});
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM asking_wishes"), 2);
    EXPECT_EQ(now().how, flow::HowOften::light);
    EXPECT_EQ(now().language, "de");
    EXPECT_TRUE(now().questions.front().muted);
    const flow::Preferences before = prefer(flow::HowOften::never);
    EXPECT_EQ(now().how, flow::HowOften::never);
    EXPECT_EQ(opted_out(), 1);
    prefer(before.how, before.language, before.questions);
    EXPECT_EQ(now().how, flow::HowOften::light);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM opt_outs"), 0);
    EXPECT_EQ(opted_out(), 0) << "figures hear of it";
    muted.muted = false;
    prefer(flow::HowOften::as_asked, "", {muted});
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM asking_wishes"), 0);
    EXPECT_EQ(now().language, "de") << "what is not named stays as it is";
}

}  // namespace
}  // namespace candour::store::contract
