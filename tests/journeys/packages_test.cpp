/// A plugin comes in a package, is replaced while customers answer, and goes back; a host that starts again
/// has it.
#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

#include "journeys/journey.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour::journeys {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the template lacks " + from);
    return text.replace(at, from.size(), to);
}

/// The collector that `candour plugin new` writes, as this version; compiled once for all tests.
fs::path plugin_folder(const std::string& version, bool starts = true) {
    static const support::TempDir desk{"packages"};
    const fs::path folder = desk / (version + (starts ? "" : "-broken"));
    if (fs::exists(folder / "my_plugin.so")) return folder;
    fs::create_directories(folder);
    const fs::path sdk = fs::path(CANDOUR_SOURCE) / "sdk";
    std::string source = content(sdk / "template/cpp/collector.cpp");
    if (!starts)
        source = replaced(source, "    Result<sdk::Response> handle_http",
                          "    Done start() { return Error{ErrorCode::unavailable, \"the moon is full\"}; }\n"
                          "    Result<sdk::Response> handle_http");
    std::ofstream(desk / "plugin.cpp") << source;
    std::ofstream(folder / "manifest.json")
        << replaced(content(sdk / "template/roles/collector.json"), "1.0.0", version);
    const support::Finished compiled = support::run_program(
        {CXX,
         {"-std=c++20", "-shared", "-fPIC", "-fvisibility=hidden", "-I", (sdk / "include").string(),
          "-DCDR_TARGET_MINOR=0", "-DCANDOUR_PLUGIN_ID=\"my-plugin\"",
          "-DCANDOUR_PLUGIN_VERSION=\"" + version + "\"", (desk / "plugin.cpp").string(), "-o",
          (folder / "my_plugin.so").string()}},
        2min);
    if (compiled.code != 0) throw std::runtime_error(compiled.errors);
    return folder;
}

/// Two people who send one answer after the other until they leave; they leave with their test, however it
/// ends.
class Customers {
 public:
    /// What an answer of theirs met: empty when it was taken.
    explicit Customers(std::function<std::string()> send) : send_(std::move(send)) {
        for (int i = 0; i < 2; ++i)
            people_.emplace_back([this](const std::stop_token& left) { answer(left); });
    }
    void leave() { people_.clear(); }
    std::size_t heard() const { return heard_; }
    /// Once they have left.
    const std::vector<std::string>& turned_away() const { return turned_away_; }

 private:
    void answer(const std::stop_token& left) {
        while (!left.stop_requested()) {
            const std::string met = send_or_why();
            if (met.empty()) ++heard_;
            const std::lock_guard lock(mutex_);
            if (!met.empty()) turned_away_.push_back(met);
        }
    }
    std::string send_or_why() const {
        try {
            return send_();
        } catch (const std::exception& failure) {
            return failure.what();
        }
    }

    const std::function<std::string()> send_;
    std::atomic<std::size_t> heard_ = 0;
    std::mutex mutex_;
    std::vector<std::string> turned_away_;
    std::vector<std::jthread> people_;
};

class Packages : public Journey {
 protected:
    void open_with_trust() {
        fs::remove(house.folder() / "token");
        house.command(
            {"token", "create", "--name", "installer", "--scope", "read,write,send,admin", "--save"});
        house.command({"plugin", "keygen", (house.folder() / "acme").string()});
        fs::create_directories(house.folder() / "trust.d");
        fs::copy(house.folder() / "acme.pub", house.folder() / "trust.d/acme.pub");
        open();
    }
    std::string packed(const fs::path& folder, bool with_key = true) {
        const std::string file = (house.folder() / (folder.filename().string() + ".cdrpkg")).string();
        std::vector<std::string> command{"plugin", "pack", folder.string(), "--out", file};
        if (with_key) command.insert(command.end(), {"--key", (house.folder() / "acme.key").string()});
        house.command(command);
        return file;
    }
    void run(const std::string& version) {
        house.command({"plugin", "install", packed(plugin_folder(version)), "--grant-all", "--enable"});
    }
    json::value plugin() { return house.json({"plugin", "show", "my-plugin"}); }
    /// What the plugin answers to somebody who opens its page and sends 7.
    unsigned send_mood(const Browser& customer) {
        const Page page = customer.get("/c/my-plugin/mood");
        if (page.status != 200) return page.status;
        const std::vector<PageForm> forms = page.forms();
        return customer.submit(forms.at(0), {{"score", "7"}}).status;
    }
    std::size_t moods() {
        std::size_t count = 0;
        const Tables tables = read_tables(house.database());
        for (const std::string& row : tables.at("observations"))
            count += row.find("my_plugin.mood") != std::string::npos ? 1 : 0;
        return count;
    }
};

TEST_P(Packages, RunOnceTheyAreGrantedWhatTheyAskForAndEnabled) {
    open_with_trust();
    const std::string file = packed(plugin_folder("1.0.0"));
    EXPECT_THAT(
        house.command({"plugin", "install", file}),
        AllOf(HasSubstr("signed by acme"), HasSubstr("missing   ingest:my_plugin.mood: Stores the moods"),
              HasSubstr("not yet running")));
    EXPECT_EQ(browser().get("/c/my-plugin/mood").status, 404u);

    const support::Finished refused = house.run({"plugin", "enable", "my-plugin"});
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.errors, HasSubstr("candour plugin grant my-plugin ingest:my_plugin.mood"));
    EXPECT_EQ(house.run({"plugin", "grant", "my-plugin", "kv"}).code, 1) << "it does not ask for that";
    house.command({"plugin", "grant", "my-plugin", "--all"});
    EXPECT_THAT(house.command({"plugin", "enable", "my-plugin"}), HasSubstr("running"));
    EXPECT_EQ(send_mood(browser()), 200u);
    EXPECT_EQ(moods(), 1u);

    house.stop();
    house.start();
    EXPECT_EQ(text(plugin(), "/state"), "running") << "the package is in the database";
    house.command({"plugin", "disable", "my-plugin"});
    EXPECT_EQ(browser().get("/c/my-plugin/mood").status, 404u);
    EXPECT_EQ(text(plugin(), "/state"), "disabled");
}

TEST_P(Packages, AreReplacedWhileCustomersAnswerAndNoAnswerIsLost) {
    open_with_trust();
    run("1.0.0");
    const std::string next = packed(plugin_folder("2.0.0"));
    Customers customers([&] {
        const unsigned status = send_mood(browser());
        return status < 300 ? std::string() : "status " + std::to_string(status);
    });
    support::eventually([&] { return customers.heard() > 20; });
    house.command({"plugin", "install", next, "--enable"});
    const std::size_t before = customers.heard();
    support::eventually([&] { return customers.heard() > before + 20; });
    EXPECT_THAT(house.command({"plugin", "rollback", "my-plugin"}), HasSubstr("current   1.0.0"));
    const std::size_t again = customers.heard();
    support::eventually([&] { return customers.heard() > again + 20; });
    customers.leave();
    EXPECT_THAT(customers.turned_away(), IsEmpty());
    house.advance(2min);  // what met the old one's last moment comes again
    support::eventually([&] { return moods() == customers.heard(); });
    EXPECT_EQ(moods(), customers.heard());
}

TEST_P(Packages, ThatDoNotStartChangeNothing) {
    open_with_trust();
    run("1.0.0");
    const std::string broken = packed(plugin_folder("3.0.0", false));
    const support::Finished refused = house.run({"plugin", "install", broken, "--enable"});
    EXPECT_EQ(refused.code, 3) << "what is unavailable may be there later";
    EXPECT_THAT(refused.errors, HasSubstr("the moon is full"));
    EXPECT_EQ(text(plugin(), "/state"), "running");
    EXPECT_EQ(send_mood(browser()), 200u) << "the version before runs on";
    EXPECT_EQ(text(plugin(), "/previous"), "");
    house.command({"plugin", "install", packed(plugin_folder("2.0.0"))});
    EXPECT_EQ(plugin().at("packages").as_array().size(), 2u) << "what neither runs nor may run is not kept";
}

TEST_P(Packages, ThatAreNoneAreRefusedAndSayWhy) {
    open_with_trust();
    const std::string file = packed(plugin_folder("1.0.0"));
    const std::string whole = content(file);
    const auto refusal = [&](const std::string& bytes) {
        std::ofstream(file, std::ios::binary) << bytes;
        const support::Finished finished = house.run({"plugin", "install", file});
        EXPECT_EQ(finished.code, 1);
        return finished.errors;
    };
    EXPECT_THAT(refusal(whole.substr(0, whole.size() / 2)), HasSubstr("cut off"));
    EXPECT_THAT(refusal("hello"), HasSubstr("tar"));
    EXPECT_THAT(refusal(replaced(whole, "My plugin", "My plugIn")),
                HasSubstr("manifest.json is not what was packed"));
    EXPECT_EQ(house.run({"plugin", "show", "my-plugin"}).code, 1);
    EXPECT_THAT(house.run({"plugin", "enable", "nobody"}).errors, HasSubstr("candour plugin list"));
}

INSTANTIATE_TEST_SUITE_P(On, Packages, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
