#include "support/process.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "support/free_port.hpp"
#include "support/temp_dir.hpp"
#include "support/watchdog.hpp"

namespace candour::support {
namespace {

using namespace std::chrono_literals;

Launch shell(const std::string& script) {
    return {.program = "sh", .arguments = {"-c", script}};
}

TEST(Process, GivesBackOutputErrorsAndTheExitCode) {
    const Finished finished = run_program(shell("echo heard; echo silence >&2; exit 3"));
    EXPECT_EQ(finished.output, "heard\n");
    EXPECT_EQ(finished.errors, "silence\n");
    EXPECT_EQ(finished.code, 3);
}

TEST(Process, KeepsEveryByteOfALongOutput) {
    const Finished finished = run_program(shell("head -c 3000000 /dev/zero"));
    EXPECT_EQ(finished.output.size(), 3'000'000U);
}

TEST(Process, FeedsStandardInputAndEndsIt) {
    Launch launch{.program = "cat"};
    launch.input = "you told us";
    EXPECT_EQ(run_program(launch).output, "you told us");
}

TEST(Process, ChangesTheEnvironmentAndTheDirectory) {
    const TempDir directory;
    Launch launch = shell("echo \"$WORD ${HOME-none}\"; pwd");
    launch.environment = {{"WORD", "told"}, {"HOME", ""}};
    launch.directory = directory.path();
    EXPECT_EQ(run_program(launch).output, "told none\n" + directory.path().string() + "\n");
}

TEST(Process, WaitsForALineThatItWrites) {
    const Process process(shell("echo ready; exec tail -f /dev/null"));
    EXPECT_TRUE(process.wait_for("ready"));
    EXPECT_TRUE(process.running());
    EXPECT_FALSE(process.wait_for("never written", 20ms));
    EXPECT_EQ(process.wait(20ms), std::nullopt);
}

TEST(Process, DoesNotWaitForALineOfAProgramThatEnded) {
    const Process process(shell("echo other"));
    EXPECT_FALSE(process.wait_for("ready", 1h));
}

TEST(Process, TellsTheSignalThatEndedIt) {
    const Process process(shell("echo ready; exec tail -f /dev/null"));
    ASSERT_TRUE(process.wait_for("ready"));
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(), 128 + SIGTERM);
}

TEST(Process, TakesItsChildrenWithItWhenItIsKilled) {
    Process process(shell("tail -f /dev/null & echo child $!; wait"));
    ASSERT_TRUE(process.wait_for("\n"));
    const pid_t child = std::stoi(process.output().substr(6));
    EXPECT_EQ(children_of(process.pid()), std::vector<pid_t>{child});
    process.kill();
    EXPECT_TRUE(eventually([child] { return !alive(child); }));
}

TEST(Process, OutlivesTheThreadThatStartedIt) {
    std::unique_ptr<Process> process;
    std::thread([&] {
        process = std::make_unique<Process>(shell("echo ready; exec tail -f /dev/null"));
    }).join();
    EXPECT_TRUE(process->wait_for("ready"));
    EXPECT_EQ(process->wait(100ms), std::nullopt);
}

TEST(Process, DiesWithTheTestProgram) {
    const TempDir notes;
    const pid_t program = fork();
    if (program == 0) {
        const Process process(shell("exec tail -f /dev/null"));
        std::ofstream(notes / "pid") << process.pid();
        ::kill(getpid(), SIGKILL);
    }
    waitpid(program, nullptr, 0);
    pid_t orphan = 0;
    std::ifstream(notes / "pid") >> orphan;
    ASSERT_GT(orphan, 0);
    EXPECT_TRUE(eventually([orphan] { return !alive(orphan); }));
}

TEST(Process, RunsAsAnotherUserWhenWeAreRoot) {
    Launch launch{.program = "id", .arguments = {"-un"}};
    launch.user = "nobody";
    const Finished finished = run_program(launch);
    if (geteuid() == 0)
        EXPECT_EQ(finished.output, "nobody\n");
    else
        EXPECT_EQ(finished.code, 0);
}

TEST(Process, NamesAProgramThatDoesNotExist) {
    try {
        run_program({.program = "candour-no-such-program"});
        FAIL() << "it was started";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("candour-no-such-program"), std::string::npos);
    }
}

TEST(TempDirectory, IsGoneWithEverythingInIt) {
    std::filesystem::path path;
    {
        const TempDir directory;
        path = directory.path();
        std::ofstream(directory / "file") << "text";
        ASSERT_TRUE(std::filesystem::exists(path / "file"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(FreePort, CanBeBound) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(free_port());
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    close(fd);
}

TEST(WatchdogOfATest, RunsItsScriptWhenItIsGoneAndNotBefore) {
    const TempDir directory;
    const auto mark = directory / "mark";
    {
        const Watchdog watchdog("touch '" + mark.string() + "'");
        EXPECT_FALSE(std::filesystem::exists(mark));
    }
    EXPECT_TRUE(eventually([&] { return std::filesystem::exists(mark); }));
}

}  // namespace
}  // namespace candour::support
