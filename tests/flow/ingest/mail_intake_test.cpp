#include "flow/ingest/mail_intake.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"
#include "support/run_task.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

const MessageId kOurs{IdBytes{1}}, kOther{IdBytes{2}};

class TrailsOfAMail : public testing::Test {
 protected:
    std::string token(const MessageId& message,
                      crypto::LinkPurpose purpose = crypto::LinkPurpose::reply) const {
        return tokens.issue(purpose, message);
    }
    std::vector<MessageId> trails() const {
        std::vector<MessageId> all;
        for (const core::MailTrail& trail : trails_of(mail, tokens)) all.push_back(trail.message);
        return all;
    }

    crypto::LinkTokens tokens{{"a key of sixteen bytes"}};
    core::Disposition mail;
};

TEST_F(TrailsOfAMail, BeginWithTheTokensThatWeSigned) {
    mail.tokens = {token(kOurs)};
    mail.in_reply_to = "<" + kOther.text() + "@halden.example>";
    EXPECT_EQ(trails(), (std::vector{kOurs, kOther}));
    EXPECT_TRUE(trails_of(mail, tokens)[0].by_token);
    EXPECT_FALSE(trails_of(mail, tokens)[1].by_token);
}

TEST_F(TrailsOfAMail, FindTheTokenInAnAddressWhoeverFoldedItsCase) {
    std::string upper = token(kOurs);
    for (char& c : upper) c = static_cast<char>(std::toupper(c));
    for (const std::string& written :
         {"reply+" + token(kOurs) + "@house.example", upper, "Bounce+" + upper + "@HOUSE.example"}) {
        mail.tokens = {written};
        EXPECT_EQ(trails(), std::vector{kOurs}) << written;
    }
}

TEST_F(TrailsOfAMail, IgnoreTokensThatWeDidNotSign) {
    std::string forged = token(kOurs);
    forged.back() = forged.back() == '0' ? '1' : '0';
    mail.tokens = {forged,
                   crypto::LinkTokens({"another key of ours"}).issue(crypto::LinkPurpose::reply, kOurs), "",
                   "x", token(kOurs, crypto::LinkPurpose::loop)};
    EXPECT_TRUE(trails().empty()) << "it is plain new mail";
}

TEST_F(TrailsOfAMail, FollowReferencesFromTheLatestToTheFirst) {
    mail.references = {"<" + kOurs.text() + "@halden.example>", "<x@example.org>",
                       kOther.text() + "@halden.example"};
    EXPECT_EQ(trails(), (std::vector{kOther, kOurs}));
}

TEST_F(TrailsOfAMail, TakeFromABounceWhatItSaysOfTheOriginal) {
    mail.original_envelope_id = kOurs.text();
    mail.original_message_id = "<" + kOurs.text() + "@halden.example>";
    EXPECT_EQ(trails(), std::vector{kOurs}) << "once";
}

TEST_F(TrailsOfAMail, AreNoneForIdsOfOthers) {
    for (const char* id : {"", "<>", "<abc@example.org>", "<msg_short@example.org>",
                           "msg_0000000000000000000000000l@x", "@"}) {
        mail.in_reply_to = id;
        EXPECT_TRUE(trails().empty()) << id;
    }
}

/// What the store was asked to do, and a store that can be away.
class Shelf final : public MailStore {
 public:
    Task<Done> receive(ArrivedMail mail, core::Instant) override {
        if (away) co_return Error{ErrorCode::unavailable, "away"};
        received.push_back(std::move(mail));
        co_return done();
    }
    Task<Result<std::vector<PendingMail>>> take(core::Instant, core::Instant, int) override {
        ++looks;
        if (away) co_return Error{ErrorCode::unavailable, "away"};
        co_return std::exchange(owed, {});
    }
    Task<Done> keep_reading(std::int64_t id, Reading) override {
        said.push_back("read " + std::to_string(id));
        co_return done();
    }
    Task<Result<AppliedMail>> apply(MailToApply mail, core::Instant) override {
        if (cannot_apply) co_return Error{ErrorCode::unavailable, "busy"};
        said.push_back("apply " + std::to_string(mail.id));
        applied.push_back(std::move(mail));
        co_return AppliedMail{};
    }
    Task<Done> postpone(std::int64_t id, core::Instant not_before, std::string why) override {
        said.push_back("postpone " + std::to_string(id) + ": " + why);
        postponed_until = not_before;
        co_return done();
    }
    Task<Done> dead_letter(std::int64_t id, std::string why, core::Instant) override {
        said.push_back("dead " + std::to_string(id) + ": " + why);
        co_return done();
    }
    Task<Result<std::vector<MailRow>>> list(MailQuery) override { co_return std::vector<MailRow>(); }
    Task<Result<std::vector<MailCount>>> waiting() override { co_return std::vector<MailCount>(); }
    Task<Result<MailRow>> find(std::int64_t) override { co_return MailRow{}; }
    Task<Result<std::string>> bytes(std::int64_t) override { co_return std::string(); }
    Task<Result<AppliedMail>> assign(MailAssignment, core::Instant) override { co_return AppliedMail{}; }
    Task<Done> dismiss(std::int64_t, std::string, std::string, core::Instant) override { co_return done(); }
    Task<Done> try_again(std::int64_t, core::Instant) override { co_return done(); }

    std::vector<ArrivedMail> received;
    std::vector<PendingMail> owed;
    std::vector<MailToApply> applied;
    std::vector<std::string> said;
    core::Instant postponed_until;
    bool away = false, cannot_apply = false;
    int looks = 0;
};

class Reader final : public MailReader {
 public:
    bool reads_mail() const override { return running; }
    Task<Result<Reading>> read_mail(std::string bytes, std::string, std::vector<std::string>, int) override {
        ++calls;
        if (failure) co_return *failure;
        Reading reading;
        reading.disposition.text = std::move(bytes);
        co_return reading;
    }

    bool running = true;
    std::optional<Error> failure;
    int calls = 0;
};

class MailWork : public testing::Test {
 protected:
    static PendingMail pending(std::int64_t id, int attempts = 1) {
        PendingMail mail;
        mail.id = id;
        mail.bytes = "mail " + std::to_string(id);
        mail.attempts = attempts;
        mail.detail = "the last fault";
        return mail;
    }
    int work() { return support::run_task(io, intake.work_once()).value_or(-1); }

    boost::asio::io_context io;
    support::ManualClock clock;
    crypto::LinkTokens tokens{{"a key of sixteen bytes"}};
    Shelf shelf;
    Reader reader;
    MailIntake intake{io.get_executor(), shelf, reader, tokens, clock};
};

TEST_F(MailWork, ReadsAndAppliesWhatIsOwed) {
    shelf.owed = {pending(1), pending(2)};
    EXPECT_EQ(work(), 2);
    EXPECT_EQ(shelf.said, (std::vector<std::string>{"apply 1", "apply 2"}));
    EXPECT_EQ(shelf.applied[1].reading.disposition.text, "mail 2");
}

TEST_F(MailWork, TouchesNothingWhileNoPluginReadsMail) {
    reader.running = false;
    shelf.owed = {pending(1)};
    EXPECT_EQ(work(), 0);
    EXPECT_EQ(shelf.looks, 0) << "a mail that nobody can read is not counted as tried";
}

TEST_F(MailWork, TriesAgainWhatOnlyFailedToday) {
    for (const ErrorCode code : {ErrorCode::unavailable, ErrorCode::deadline, ErrorCode::internal}) {
        reader.failure = Error{code, "not today"};
        shelf.owed = {pending(1)};
        shelf.said.clear();
        work();
        EXPECT_EQ(shelf.said, std::vector<std::string>{"postpone 1: not today"});
        EXPECT_EQ(shelf.postponed_until, clock.now() + 5min);
    }
    shelf.owed = {pending(1, 2)};
    work();
    EXPECT_EQ(shelf.postponed_until, clock.now() + 15min) << "longer each time";
}

TEST_F(MailWork, GivesUpOnAMailThatNobodyCanRead) {
    shelf.owed = {pending(1, 6)};
    work();
    EXPECT_EQ(shelf.said, std::vector<std::string>{"dead 1: no outcome after 5 tries: the last fault"});
    EXPECT_EQ(reader.calls, 0) << "it may be what killed the host before";
    reader.failure = Error{ErrorCode::corrupt, "this is no mail"};
    shelf.owed = {pending(2)};
    work();
    EXPECT_EQ(shelf.said.back(), "dead 2: this is no mail") << "it will be none tomorrow";
}

TEST_F(MailWork, KeepsWhatWasReadWhenItCannotBeApplied) {
    shelf.cannot_apply = true;
    shelf.owed = {pending(1)};
    work();
    EXPECT_EQ(shelf.said, (std::vector<std::string>{"read 1", "postpone 1: busy"}));
    shelf.cannot_apply = false;
    PendingMail read = pending(1, 2);
    read.reading = Reading{};
    shelf.owed = {read};
    work();
    EXPECT_EQ(reader.calls, 1) << "not read twice";
    EXPECT_EQ(shelf.said.back(), "apply 1");
}

TEST_F(MailWork, TellsTheMailServerWhenNothingWasKept) {
    shelf.away = true;
    const Done kept = support::run_task(io, intake.receive({"", {"a@b.example"}, "x"}));
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, ErrorCode::unavailable);
}

TEST_F(MailWork, BeginsAsSoonAsAMailIsKept) {
    bool ended = false;
    boost::asio::co_spawn(io, intake.run(), [&](std::exception_ptr) { ended = true; });
    support::eventually(io, [&] { return shelf.looks > 0; });
    shelf.owed = {pending(1)};
    EXPECT_TRUE(support::run_task(io, intake.receive({"", {"a@b.example"}, "x"})));
    EXPECT_TRUE(support::eventually(
        io, [&] { return !shelf.applied.empty(); }, 1500ms))
        << "sooner than the next look";
    EXPECT_FALSE(ended);
}

}  // namespace
}  // namespace candour::flow
