/// What was said to each reader of a wave is on record byte for byte, and what they share is kept once.
#include "edge/store/contract/world.hpp"
#include "edge/store/directory.hpp"

namespace candour::store::contract {
namespace {

class Copies : public Contract {
 protected:
    flow::DueMessage invite(const core::Contact& contact) {
        EXPECT_TRUE(world.run(world.outbox.send({"surveys", contact.id.text(), contact.id, "{}"})));
        std::vector<flow::DueMessage> due = world.claim();
        EXPECT_EQ(due.size(), 1U);
        due.front().kind = core::MessageKind::invitation;
        return due.front();
    }
    /// The letter of a wave, with this reader's name in it.
    flow::Receipt handed_over(const flow::DueMessage& message, const std::string& name) {
        flow::Receipt receipt =
            world.receipt(message, flow::Fate::handed_over, core::MessageState::handed_over);
        receipt.composed = {"sender@house.example", "A question", "", shared,
                            core::join_parts({"To: " + name + "\r\n", name})};
        receipt.composed.content = core::put_together(shared->text, receipt.composed.parts);
        return receipt;
    }
    std::string copy_of(const MessageId& id) {
        return world.run(world.outbox.copies(id.text(), 1))->at(0).content;
    }
    long long letters() const { return world.count("SELECT COUNT(1) FROM shared_letters"); }

    std::shared_ptr<const core::SharedLetter> shared = std::make_shared<const core::SharedLetter>(
        core::SharedLetter{"letter-1", core::place_of(0) + "Subject: \"A\\question\"\r\n\r\nHello " +
                                           core::place_of(1) + " {NULL}\r\n"});
};
INSTANTIATE_TEST_SUITE_P(Store, Copies, both(), named);

TEST_P(Copies, OfAWaveKeepOnceWhatTheyShare) {
    const flow::DueMessage ada = invite(world.customer("ada@example.org")),
                           bob = invite(world.customer("bob@example.org"));
    for (const Done& kept : world.in_one_group<Done>([&] {
             std::vector<flow::Task<Done>> both_receipts;
             both_receipts.push_back(world.outbox.record(handed_over(ada, "Ada")));
             both_receipts.push_back(world.outbox.record(handed_over(bob, "Bob \\ \"B\"")));
             return both_receipts;
         }()))
        EXPECT_TRUE(kept);
    EXPECT_EQ(copy_of(ada.id), "To: Ada\r\nSubject: \"A\\question\"\r\n\r\nHello Ada {NULL}\r\n");
    EXPECT_EQ(copy_of(bob.id),
              "To: Bob \\ \"B\"\r\nSubject: \"A\\question\"\r\n\r\nHello Bob \\ \"B\" {NULL}\r\n");
    EXPECT_EQ(letters(), 1);
}

TEST_P(Copies, AreTheWholeMailWhereNothingIsShared) {
    const flow::DueMessage ada = invite(world.customer("ada@example.org"));
    flow::Receipt alone = handed_over(ada, "Ada");
    alone.composed = {"sender@house.example", "A question", "the whole mail"};
    ASSERT_TRUE(world.run(world.outbox.record(alone)));
    EXPECT_EQ(copy_of(ada.id), "the whole mail");
    EXPECT_EQ(letters(), 0);
}

TEST_P(Copies, OfASecondAttemptTakeThePlaceOfTheFirst) {
    const flow::DueMessage ada = invite(world.customer("ada@example.org"));
    ASSERT_TRUE(world.run(world.outbox.record(handed_over(ada, "Ada"))));
    ASSERT_TRUE(world.run(world.outbox.record(handed_over(ada, "Ada Byron"))));
    EXPECT_TRUE(copy_of(ada.id).starts_with("To: Ada Byron\r\n"));
    flow::Receipt alone = handed_over(ada, "Ada");
    alone.state = core::MessageState::unknown;
    alone.outcome.fate = flow::Fate::unknown;
    alone.composed = {"sender@house.example", "A question", "the whole mail"};
    ASSERT_TRUE(world.run(world.outbox.record(alone)));
    EXPECT_EQ(copy_of(ada.id), "the whole mail");
}

TEST_P(Copies, GoWithTheirReaderAndTheLetterWithItsLastReader) {
    const core::Contact one = world.customer("ada@example.org"), other = world.customer("bob@example.org");
    const flow::DueMessage ada = invite(one), bob = invite(other);
    ASSERT_TRUE(world.run(world.outbox.record(handed_over(ada, "Ada"))));
    ASSERT_TRUE(world.run(world.outbox.record(handed_over(bob, "Bob"))));
    Directory directory{world.database};
    ASSERT_TRUE(world.run(directory.erase(one.id.text(), {}, world.clock.now(), false)));
    EXPECT_TRUE(world.run(world.outbox.copies(ada.id.text(), 1))->empty());
    EXPECT_TRUE(copy_of(bob.id).starts_with("To: Bob\r\n"));
    EXPECT_EQ(letters(), 1);
    ASSERT_TRUE(world.run(directory.erase(other.id.text(), {}, world.clock.now(), false)));
    EXPECT_EQ(letters(), 0) << "nobody has it any more";
}

}  // namespace
}  // namespace candour::store::contract
