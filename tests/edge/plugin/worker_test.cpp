/// Plugins in processes of their own: what they cannot reach, what becomes of them, and that the host does
/// not mind.
#include "edge/plugin/worker.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "edge/plugin/world.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour::plugin {
namespace {

Isolation isolation(Mode mode, std::size_t most_deaths = 1) {
    Isolation made = isolation_of_tests();
    made.usual = mode;
    made.supervision.most_deaths = most_deaths;
    made.supervision.first_pause = std::chrono::milliseconds{1};
    return made;
}

class Captive : public testing::Test {
 protected:
    explicit Captive(Mode mode = Mode::sandbox, std::size_t most_deaths = 1)
        : world(isolation(mode, most_deaths)) {}
    void SetUp() override {
        const Done loaded = world.load("captive");
        ASSERT_TRUE(loaded) << loaded.error().message;
    }
    void TearDown() override { world.stop(); }
    std::string tries(const std::string& what, const std::string& with = "") {
        const Result<std::string> said = world.event("captive", what, with);
        return said ? *said : said.error().message;
    }
    bool becomes(Standing standing) {
        return support::eventually(world.io, [&] { return world.info("captive").standing == standing; });
    }
    World world;
    support::TempDir folder{"captive"};
};

TEST_F(Captive, IsShownWithWhereItRuns) {
    EXPECT_EQ(world.info("captive").isolation, "sandbox");
    EXPECT_NE(tries("pid"), std::to_string(getpid()));
}

TEST_F(Captive, ReadsNoFileButThoseOfItsOwn) {
    EXPECT_EQ(tries("read", "/etc/passwd"), "Permission denied");
    EXPECT_EQ(tries("read", "/proc/1/environ"), "Permission denied");
    EXPECT_EQ(tries("read", FIXTURES "/captive/manifest.json"), "done");
    EXPECT_EQ(tries("read", FIXTURES "/good/manifest.json"), "Permission denied");
}

TEST_F(Captive, WritesNowhere) {
    std::ofstream(folder / "file") << "text";
    const std::string file = (folder / "file").string();
    EXPECT_EQ(tries("write", (folder / "new").string()), "Operation not permitted");
    EXPECT_EQ(tries("write", file), "Operation not permitted");
    EXPECT_EQ(tries("truncate", file), "Operation not permitted");
    EXPECT_EQ(tries("chmod", file), "Operation not permitted");
    EXPECT_EQ(std::filesystem::file_size(folder / "file"), 4U);
}

TEST_F(Captive, MakesNoSocketNoProcessAndSignalsNobody) {
    for (const char* what : {"socket", "fork", "exec", "kill"})
        EXPECT_EQ(tries(what), "Operation not permitted") << what;
    EXPECT_EQ(tries("thread"), "done");
}

TEST_F(Captive, DiesWhenItLooksIntoAProcess) {
    EXPECT_FALSE(world.event("captive", "ptrace"));
    EXPECT_TRUE(becomes(Standing::suspended));
    EXPECT_NE(world.info("captive").reason.find("killed by signal 31"), std::string::npos)
        << world.info("captive").reason;
}

TEST_F(Captive, ThatWritesIntoTheChannelItselfIsKilled) {
    EXPECT_FALSE(world.event("captive", "noise"));
    EXPECT_TRUE(becomes(Standing::suspended));
    EXPECT_NE(world.info("captive").reason.find("was killed because it sent a frame that is no frame"),
              std::string::npos)
        << world.info("captive").reason;
}

TEST_F(Captive, ThatTakesTooMuchMemoryIsToldSo) {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "a sanitizer needs more addresses than any limit allows";
#endif
    EXPECT_EQ(tries("hog"), "out of memory");
    EXPECT_EQ(tries("echo", "[1]"), "[1]");
}

TEST_F(Captive, HasTheMemoryThatItsManifestAsksFor) {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "a sanitizer needs more addresses than any limit allows";
#endif
    EXPECT_EQ(tries("take-128"), "8");
    ASSERT_TRUE(world.load("modest"));
    const Result<std::string> said = world.event("modest", "take-128");
    EXPECT_EQ(said ? *said : said.error().message, "out of memory");
    EXPECT_TRUE(world.event("modest", "echo", "[1]"));
}

TEST_F(Captive, ThatFloodsTheLogIsThinnedOut) {
    EXPECT_EQ(tries("flood"), "done");
    EXPECT_EQ(tries("echo", "[1]"), "[1]");
    EXPECT_LT(world.lines.size(), 3'000U);
    EXPECT_EQ(world.info("captive").standing, Standing::running);
}

TEST_F(Captive, CallsFromThreadsOfItsOwn) {
    EXPECT_EQ(tries("own-threads"), "160");
    EXPECT_EQ(world.state.documents.at("captive/k7").version, 20U);
}

TEST_F(Captive, AnswersWhatIsTooLongForASocket) {
    EXPECT_EQ(tries("long"), std::string(8U << 20U, 'x'));
    const std::string text(3U << 20U, 'y');
    EXPECT_EQ(tries("echo", text), text);
    EXPECT_EQ(tries("cancelled"), "no");
}

TEST_F(Captive, LeavesNoProcessBehindWhenItIsStopped) {
    const pid_t worker = std::stoi(tries("pid"));
    EXPECT_TRUE(support::alive(worker));
    world.stop();
    EXPECT_TRUE(support::eventually(world.io, [&] { return !support::alive(worker); }));
}

class OlderKernel : public testing::TestWithParam<const char*> {
 protected:
    Isolation rules(bool allow_degraded) {
        const std::string name = std::string("without_") + GetParam();
        if (!std::filesystem::exists(folder / name))
            std::filesystem::create_symlink(OLDER_KERNEL, folder / name);
        Isolation made = isolation(Mode::sandbox);
        made.program = folder / name;
        made.allow_degraded = allow_degraded;
        return made;
    }
    support::TempDir folder{"kernel"};
};

TEST_P(OlderKernel, RunsNoPluginUnlessItIsAllowed) {
    World world(rules(false));
    const Done loaded = world.load("captive");
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find(std::string("this kernel offers the sandbox no ") + GetParam()),
              std::string::npos)
        << loaded.error().message;
    world.stop();
}

TEST_P(OlderKernel, IsNamedWhereverItIsAllowed) {
    World world(rules(true));
    ASSERT_TRUE(world.load("captive"));
    EXPECT_EQ(world.info("captive").isolation, std::string("sandbox without ") + GetParam());
    EXPECT_EQ(*world.event("captive", "echo", "[1]"), "[1]");
    const Result<std::string> read = world.event("captive", "read", "/etc/passwd");
    EXPECT_EQ(read ? *read : read.error().message,
              GetParam() == std::string("landlock") ? "done" : "Permission denied");
    world.stop();
}

INSTANTIATE_TEST_SUITE_P(Lacking, OlderKernel, testing::Values("landlock", "seccomp"));

class Housed : public Captive {
 protected:
    Housed() : Captive(Mode::worker) {}
};

TEST_F(Housed, MayDoWhatAnyProcessMay) {
    EXPECT_EQ(world.info("captive").isolation, "worker");
    for (const char* what : {"socket", "fork", "thread"}) EXPECT_EQ(tries(what), "done") << what;
    EXPECT_EQ(tries("read", "/etc/passwd"), "done");
}

class Mortal : public Captive {
 protected:
    Mortal() : Captive(Mode::sandbox, 4) {}
};

struct Death {
    const char* how;
    const char* words;
};
class Dying : public Mortal, public testing::WithParamInterface<Death> {};

TEST_P(Dying, BeginsAgainAndSaysWhatEndedIt) {
    const std::string before = tries("pid");
    EXPECT_EQ(tries("crash", GetParam().how), "captive: its worker ended in on_event");
    ASSERT_TRUE(support::eventually(world.io, [&] { return world.logged(GetParam().words); }));
    ASSERT_TRUE(becomes(Standing::running));
    EXPECT_NE(tries("pid"), before);
    EXPECT_EQ(world.info("captive").reason, "");
}

INSTANTIATE_TEST_SUITE_P(Ends, Dying,
                         testing::Values(Death{"segv", "its worker was killed by signal 11"},
                                         Death{"abort", "its worker was killed by signal 6"},
                                         Death{"exit", "its worker ended by itself with exit code 7"}),
                         [](const auto& death) { return std::string(death.param.how); });

TEST_F(Mortal, IsLeftAloneWhenItDiesAgainAndAgain) {
    for (int i = 0; i < 4; ++i) {
        ASSERT_TRUE(becomes(Standing::running)) << i;
        tries("crash", "segv");
    }
    ASSERT_TRUE(becomes(Standing::suspended));
    EXPECT_NE(world.info("captive").reason.find("its end number 4"), std::string::npos);
    EXPECT_NE(tries("echo").find("is suspended"), std::string::npos);
}

TEST_F(Mortal, IsNotCalledWhileItIsAway) {
    const pid_t worker = std::stoi(tries("pid"));
    ::kill(worker, SIGKILL);
    ASSERT_TRUE(becomes(Standing::restarting));
    const Result<std::string> refused = world.event("captive", "echo");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_NE(refused.error().message.find("is restarting: its worker was killed by signal 9"),
              std::string::npos)
        << refused.error().message;
    ASSERT_TRUE(becomes(Standing::running));
    EXPECT_EQ(tries("echo", "[2]"), "[2]");
}

TEST_F(Mortal, FreesEverybodyWhoWaitsForIt) {
    int freed = 0;
    const auto count = [&](std::exception_ptr, const Result<std::string>& said) { freed += said ? 0 : 1; };
    boost::asio::co_spawn(world.io, world.registry->event("captive", "crash", "segv"), count);
    for (int i = 0; i < 5; ++i)
        boost::asio::co_spawn(world.io, world.registry->event("captive", "echo", "{}"), count);
    EXPECT_TRUE(support::eventually(world.io, [&] { return freed == 6; }));
    EXPECT_TRUE(becomes(Standing::running));
}

TEST(Worker, ThatHangsIsKilledAndBeginsAgain) {
    World world(isolation(Mode::sandbox, 3));
    ASSERT_TRUE(world.load("hangs_in_call"));
    const auto page = world.get("hangs_in_call");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::unavailable);
    EXPECT_TRUE(support::eventually(world.io, [&] {
        return world.logged("handle_http did not return within");
    })) << world.lines.back().message;
    EXPECT_TRUE(support::eventually(
        world.io, [&] { return world.info("hangs_in_call").standing == Standing::running; }));
    world.stop();
}

TEST(Worker, WithoutItsProgramRefusesThePluginAndNamesThePath) {
    Isolation nowhere = isolation(Mode::sandbox);
    nowhere.program = "/no/such/candour-worker";
    World world(nowhere);
    const Done loaded = world.load("good");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().message,
              "its worker cannot be started: /no/such/candour-worker: No such file or directory");
    EXPECT_EQ(world.info("good").standing, Standing::refused);
}

TEST(Isolation, IsTheSandboxForOthersAndTheHostForItsOwnAndForTheTrusted) {
    Isolation rules;
    rules.usual = Mode::sandbox;
    rules.own_folder = "/usr/lib/candour/plugins";
    rules.trusted = {"com.acme.trusted"};
    Manifest manifest;
    manifest.id = "com.acme.sms";
    manifest.library = "/var/lib/candour/plugins/com.acme.sms/sms.so";
    EXPECT_EQ(rules.mode_of(manifest), Mode::sandbox);
    manifest.id = "com.acme.trusted";
    EXPECT_EQ(rules.mode_of(manifest), Mode::in_process);
    manifest.id = "surveys";
    manifest.library = "/usr/lib/candour/plugins/surveys/surveys.so";
    EXPECT_EQ(rules.mode_of(manifest), Mode::in_process);
    manifest.library = "/usr/lib/candour/plugins/../../../../tmp/plugins/surveys/surveys.so";
    EXPECT_EQ(rules.mode_of(manifest), Mode::sandbox);
}

/// A table in which only the n-th pointer behind its head is set.
template <class I>
std::uint64_t seen_of(std::size_t n, std::size_t begin) {
    typename I::Table table{};
    table.struct_size = sizeof(table);
    const std::uintptr_t address = 1;
    std::memcpy(reinterpret_cast<char*>(&table) + begin + n * sizeof address, &address, sizeof address);
    return I::present(&table);
}

template <class I>
void expect_in_order() {
    const std::size_t begin = sizeof(typename I::Table) - I::kSlots * sizeof(void*);
    for (std::size_t n = 0; n < I::kSlots; ++n)
        EXPECT_EQ(seen_of<I>(n, begin), std::uint64_t{1} << n)
            << "interface " << int{I::kNumber} << " slot " << n;
}

TEST(Interfaces, ListTheirSlotsInTheOrderOfTheHeader) {
    expect_in_order<remote::HostTable>();
    expect_in_order<remote::PluginTable>();
    const auto check = [](const auto& known) {
        expect_in_order<typename std::decay_t<decltype(known)>::Interface>();
    };
    remote::each(remote::kServices, check);
    remote::each(remote::kRoles, check);
}

TEST(Interfaces, SeeNoFurtherThanTheOwnerOfATableSaysItReaches) {
    cdr_kv old = remote::KvTable::forwarding();
    EXPECT_EQ(remote::KvTable::present(&old), 0b1111U);
    old.struct_size = offsetof(cdr_kv, scan);
    EXPECT_EQ(remote::KvTable::present(&old), 0b0111U);
    EXPECT_EQ(remote::KvTable::present(nullptr), 0U);
}

class HostileWorker : public testing::TestWithParam<const char*> {};

TEST_P(HostileWorker, IsKilledAndTheHostGoesOn) {
    support::TempDir folder{"hostile"};
    std::filesystem::create_symlink(HOSTILE_WORKER, folder / GetParam());
    Isolation rules = isolation(Mode::sandbox);
    rules.program = folder / GetParam();
    World world(rules);
    const Done loaded = world.load("good");
    ASSERT_FALSE(loaded);
    ASSERT_TRUE(
        support::eventually(world.io, [&] { return world.info("good").standing == Standing::suspended; }));
    EXPECT_NE(world.info("good").reason.find("its worker "), std::string::npos) << world.info("good").reason;
}

INSTANTIATE_TEST_SUITE_P(Ways, HostileWorker,
                         testing::Values("leaves", "absurd_length", "unknown_kind", "stray_reply",
                                         "empty_reply", "long_text", "stray_lane", "half_a_header",
                                         "asks_early", "asks_within_nothing", "speaks_early", "floods",
                                         "noise"),
                         [](const auto& way) { return std::string(way.param); });

}  // namespace
}  // namespace candour::plugin
