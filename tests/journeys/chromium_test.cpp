/// The pages in a real browser. They hold no script and their policy allows none; the browser itself needs
/// one to print a page, so it cannot be started with scripts switched off.
#include <filesystem>

#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

class Chromium : public Journey {
 protected:
    static constexpr const char* kProgram = "/usr/bin/chromium";

    support::Finished look(const std::string& address, const std::vector<std::string>& options) const {
        const support::TempDir profile("chromium");
        std::vector<std::string> arguments{"--headless",
                                           "--no-sandbox",
                                           "--disable-gpu",
                                           "--disable-quic",
                                           "--no-first-run",
                                           "--disable-background-networking",
                                           "--disable-component-update",
                                           "--disable-sync",
                                           "--disable-dev-shm-usage",
                                           "--enable-logging=stderr",
                                           "--user-data-dir=" + profile.path().string()};
        arguments.insert(arguments.end(), options.begin(), options.end());
        arguments.push_back(address);
        return support::run_program({.program = kProgram,
                                     .arguments = arguments,
                                     .environment = {{"HOME", profile.path().string()}},
                                     .directory = profile.path()},
                                    60s);
    }
    /// The page as the browser understood it. The style counts as understood when its policy lets it through.
    Page dump(const std::string& address) const {
        const support::Finished finished = look(address, {"--dump-dom"});
        EXPECT_EQ(finished.code, 0) << finished.errors;
        EXPECT_EQ(finished.errors.find("Content Security Policy"), std::string::npos) << finished.errors;
        return {200, {}, finished.output};
    }
};

TEST_P(Chromium, ShowsEveryPageUnderItsOwnPolicy) {
    if (!std::filesystem::exists(kProgram)) GTEST_SKIP() << "chromium is not installed";
    open();
    const std::string survey = survey_link("dele@moss.example");
    const Page asked = dump(survey + "?a=3");
    EXPECT_TRUE(asked.says("How likely are you to recommend Halden?"));
    EXPECT_EQ(asked.forms().at(0).action, survey.substr(survey.find("/s/")));
    const auto chosen = asked.forms().at(0).fields;
    EXPECT_NE(std::find(chosen.begin(), chosen.end(), http::FormField{"a", "3"}), chosen.end());

    const std::string alias = raise("dele@moss.example", "<b>Late</b> alerts & no answer.");
    bring_to_changed(alias);
    const std::string loop = tell_by_mail(alias, "dele@moss.example");
    const Page told = dump(loop);
    EXPECT_TRUE(told.says("<b>Late</b> alerts & no answer.")) << told.words();
    EXPECT_EQ(told.form_with("press", "seen").buttons.size(), 4U) << "three for people, one trap";
    EXPECT_TRUE(dump(house.url() + "/plain").says(alias));

    const std::filesystem::path picture = house.folder() / "loop.png";
    const support::Finished shot = look(loop, {"--window-size=390,1600", "--screenshot=" + picture.string()});
    EXPECT_EQ(shot.code, 0) << shot.errors;
    EXPECT_GT(std::filesystem::file_size(picture), 10'000U) << "an empty page compresses to almost nothing";
}

INSTANTIATE_TEST_SUITE_P(On, Chromium, testing::Values(Kind::sqlite), name_of);

}  // namespace
}  // namespace candour::journeys
