#include "flow/campaign/campaigns.hpp"

#include <gtest/gtest.h>

#include "edge/store/campaigns.hpp"
#include "edge/store/contract/world.hpp"
#include "flow/delivery/dispatcher.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;
using core::MessageState;
using store::contract::World;

/// Asks one question in every language.
class OneVoice final : public Voices {
 public:
    Task<Result<std::string>> compose(WordsRequest request) override {
        Result<std::string> words = std::string("{}");
        if (request.plugin == "surveys" && request.about != "autumn")
            words = Error{ErrorCode::not_found, "no survey is called that"};
        asked.push_back(std::move(request));
        co_return words;
    }
    Result<std::string> asks_about(const std::string& plugin) const override {
        if (plugin == "relationship_nps") return std::string("relationship-1");
        if (plugin == "surveys") return std::string();
        return Error{ErrorCode::not_found, "plugin: there is no plugin \"" + plugin + "\""};
    }

    std::vector<WordsRequest> asked;
};

class KeepingDeliverer final : public Deliverer {
 public:
    Task<Outcome> deliver(Outgoing message, PointOfNoReturn before) override {
        auto asking = before();
        const Done may = co_await std::move(asking);
        sent.push_back(message.recipient);
        Outcome outcome = may ? next : Outcome{Fate::deferred, 0, "", may.error().message};
        co_return outcome;
    }

    std::vector<std::string> sent;
    Outcome next{Fate::handed_over, 250, "", "ok"};
};

class PlainComposer final : public Composer {
 public:
    Task<Result<Composed>> compose(DueMessage) override {
        Result<Composed> words = Composed{"us@house.example", "How is it?", "words"};
        co_return words;
    }
};

class Asking : public testing::Test {
 protected:
    void SetUp() override {
        world.customer("ada@example.org");
        dispatcher.serve("mail", deliverer);
    }
    CampaignRequest everybody() const {
        CampaignRequest request;
        request.plugin = "relationship_nps";
        request.audience.all = true;
        return request;
    }
    Result<Planned> send(CampaignRequest request, bool dry_run = false) {
        return world.run(campaigns.send(std::move(request), dry_run));
    }
    Campaign campaign(const CampaignId& id) { return world.run(store.find(id)).value_or({}); }
    int look() { return world.run(dispatcher.deliver_due()).value_or(-1); }

    World world{store::Dialect::sqlite};
    store::Campaigns store{world.database, world.clock, "UTC"};
    OneVoice voice;
    Campaigns campaigns{store, voice, world.clock, core::kRest};
    KeepingDeliverer deliverer;
    PlainComposer composer;
    Dispatcher dispatcher{world.outbox, composer, world.clock, "host-a"};
};

TEST_F(Asking, TakesThePluginsOwnQuestionWhenNobodySaysWhich) {
    const auto planned = send(everybody());
    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_EQ(planned->campaign.about, "relationship-1");
    CampaignRequest other = everybody();
    other.about = "relationship-0";
    EXPECT_EQ(send(other)->campaign.about, "relationship-0");
}

TEST_F(Asking, IsRefusedForPluginsThatAskNobody) {
    CampaignRequest request = everybody();
    request.plugin = "loop_health";
    EXPECT_EQ(send(request).error().code, ErrorCode::not_found);
}

TEST_F(Asking, SendsTheSurveyThatIsNamedOnceItIsKnownToHaveWords) {
    CampaignRequest request = everybody();
    request.plugin = "surveys";
    const auto unnamed = send(request);
    EXPECT_EQ(unnamed.error().code, ErrorCode::invalid);
    EXPECT_EQ(unnamed.error().message.find("survey: "), 0U) << unnamed.error().message;
    request.survey = "winter";
    EXPECT_EQ(send(request).error().code, ErrorCode::not_found);
    EXPECT_TRUE(world.run(store.list("", 10)).value_or({}).empty()) << "nothing was written";
    request.survey = "autumn";
    const auto planned = send(request);
    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_EQ(planned->campaign.about, "autumn");
    CampaignChange change;
    change.about = "winter";
    EXPECT_EQ(world.run(campaigns.change(planned->campaign.id, change, {})).error().code,
              ErrorCode::not_found);
    request.about = "spring";
    EXPECT_EQ(send(request).error().code, ErrorCode::invalid) << "two surveys at once";
    CampaignRequest other = everybody();
    other.survey = "autumn";
    EXPECT_EQ(send(other).error().code, ErrorCode::invalid) << "it asks its own question";
}

TEST_F(Asking, IsRefusedForAudiencesAndTimesThatMakeNoSense) {
    CampaignRequest nobody = everybody();
    nobody.audience.all = false;
    EXPECT_EQ(send(nobody).error().code, ErrorCode::invalid);
    CampaignRequest late = everybody();
    late.at = world.clock.now() - 6min;
    EXPECT_EQ(send(late).error().code, ErrorCode::invalid);
    late.at = world.clock.now() + std::chrono::days{367};
    EXPECT_EQ(send(late).error().code, ErrorCode::invalid);
    late.at = world.clock.now() - 1s;
    EXPECT_EQ(send(late)->campaign.due_at, world.clock.now()) << "now has passed when it arrives";
}

TEST_F(Asking, SendsAtItsTimeAndOnce) {
    CampaignRequest request = everybody();
    request.at = world.clock.now() + 48h;
    const auto planned = send(request);
    ASSERT_TRUE(planned);
    world.clock.advance(48h - 1s);
    EXPECT_EQ(look(), 0);
    world.clock.advance(1s);
    EXPECT_EQ(look(), 1);
    world.clock.advance(48h);
    EXPECT_EQ(look(), 0);
    EXPECT_EQ(deliverer.sent, std::vector<std::string>{"ada@example.org"});
    EXPECT_EQ(campaign(planned->campaign.id).progress.sent, 1);
}

TEST_F(Asking, TriesForTwoDaysFromTheDayItWasPlannedFor) {
    CampaignRequest request = everybody();
    request.at = world.clock.now() + 240h;
    const auto planned = send(request);
    world.clock.advance(240h);
    deliverer.next = {Fate::deferred, 451, "4.3.0", "later"};
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(campaign(planned->campaign.id).progress.waiting, 1)
        << "ten days of waiting are not ten days of trying";
}

TEST_F(Asking, NeverRepeatsAMailThatMayHaveArrived) {
    const auto planned = send(everybody());
    deliverer.next = {Fate::unknown, 0, "", "the connection was lost"};
    EXPECT_EQ(look(), 1);
    world.clock.advance(72h);
    EXPECT_EQ(look(), 0);
    EXPECT_EQ(deliverer.sent.size(), 1U);
    EXPECT_EQ(campaign(planned->campaign.id).progress.undelivered, 1);
}

TEST_F(Asking, DoesNotRepeatWhatADeadHostMayHaveSent) {
    const auto planned = send(everybody());
    const auto claimed = world.claim("dead");
    ASSERT_EQ(claimed.size(), 1U);
    ASSERT_TRUE(
        world.run(world.outbox.mark_transmitting(claimed.front().id, "dead", world.clock.now() + 12min)));
    world.clock.advance(12min);
    look();
    EXPECT_TRUE(deliverer.sent.empty());
    EXPECT_EQ(campaign(planned->campaign.id).progress.undelivered, 1);
}

TEST_F(Asking, WithholdsWhatSomebodyOptedOutOfBeforeItLeft) {
    CampaignRequest request = everybody();
    request.at = world.clock.now() + 24h;
    const auto planned = send(request);
    const std::string message = world.ask("SELECT message_id FROM campaign_contacts");
    ASSERT_TRUE(world.run(store.opt_out(MessageId::trusted(message), "page", world.clock.now())));
    world.clock.advance(24h);
    EXPECT_EQ(look(), 1);
    EXPECT_TRUE(deliverer.sent.empty());
    EXPECT_EQ(campaign(planned->campaign.id).progress.withheld, 1);
}

TEST_F(Asking, WithholdsWhatIsTooLateAndSaysSo) {
    CampaignRequest request = everybody();
    request.at = world.clock.now() + 24h;
    request.not_after = world.clock.now() + 48h;
    const auto planned = send(request);
    ASSERT_TRUE(planned) << planned.error().message;
    world.clock.advance(48h + 1s);
    EXPECT_EQ(look(), 1);
    EXPECT_TRUE(deliverer.sent.empty());
    EXPECT_EQ(campaign(planned->campaign.id).progress.withheld, 1);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM receipts WHERE detail LIKE '%not_after%'"), 1);
}

TEST_F(Asking, IsRefusedForCoursesThatMakeNoSense) {
    const auto refused = [&](auto change) {
        CampaignRequest request = everybody();
        change(request);
        return !send(request);
    };
    const core::Instant now = world.clock.now();
    EXPECT_TRUE(refused([&](CampaignRequest& one) { one.not_after = now - 1h; }));
    EXPECT_TRUE(refused([&](CampaignRequest& one) {
        one.not_after = now + 1h;
        one.over = 2h;
    })) << "the last mail would leave too late";
    EXPECT_TRUE(
        refused([&](CampaignRequest& one) { one.reminders = core::Reminders(6, std::chrono::days{7}); }));
    EXPECT_TRUE(refused([&](CampaignRequest& one) { one.words[0]["en"].text = "Dear {{first_name}}"; }));
    EXPECT_TRUE(refused([&](CampaignRequest& one) { one.words[1]["en"].text = "Again"; }))
        << "nobody sends that reminder";
}

TEST_F(Asking, ShowsWhatMayHaveArrivedAsUnknown) {
    const auto planned = send(everybody());
    deliverer.next = {Fate::unknown, 0, "", "the connection was lost"};
    look();
    EXPECT_EQ(campaign(planned->campaign.id).progress.unknown, 1);
    EXPECT_EQ(campaign(planned->campaign.id).progress.sent, 0);
}

TEST_F(Asking, PausesAndGoesOnWithoutASecondMail) {
    const auto planned = send(everybody());
    ASSERT_TRUE(world.run(campaigns.pause(planned->campaign.id, {})));
    EXPECT_EQ(look(), 0);
    const auto resumed = world.run(campaigns.resume(planned->campaign.id, {}));
    ASSERT_TRUE(resumed);
    EXPECT_FALSE(core::happened(resumed->paused_at));
    EXPECT_EQ(look(), 1);
    ASSERT_TRUE(world.run(campaigns.pause(planned->campaign.id, {})));
    ASSERT_TRUE(world.run(campaigns.resume(planned->campaign.id, {})));
    EXPECT_EQ(look(), 0);
    EXPECT_EQ(deliverer.sent.size(), 1U);
}

TEST_F(Asking, LeavesTheUnsubscribeLinkWorkingForEver) {
    ASSERT_TRUE(send(everybody()));
    const MessageId message = MessageId::trusted(world.ask("SELECT message_id FROM campaign_contacts"));
    const crypto::LinkTokens tokens({std::string(32, 'k')});
    world.execute("UPDATE messages SET expires_at = 1, revoked_at = 1");
    const auto open = [&](const std::string& token) {
        return world.run(open_preferences(world.links, tokens, token));
    };
    const auto opened = open(tokens.issue(crypto::LinkPurpose::preferences, message));
    ASSERT_TRUE(opened);
    ASSERT_TRUE(opened->has_value());
    EXPECT_EQ((*opened)->subject.message, message);
    EXPECT_FALSE(open(tokens.issue(crypto::LinkPurpose::survey, message))->has_value()) << "another purpose";
    EXPECT_FALSE(open(tokens.issue(crypto::LinkPurpose::preferences, MessageId(IdBytes{5})))->has_value());
    EXPECT_FALSE(open("nonsense")->has_value());
}

}  // namespace
}  // namespace candour::flow
