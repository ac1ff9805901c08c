#include "core/feedback/words.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

TEST(Words, AreFoundWithoutCaseAndAccents) {
    EXPECT_EQ(folded("Résumé ÜBER Straße"), "resume uber strasse");
    EXPECT_EQ(folded("naïve façade, coöperate"), "naive facade cooperate");
    EXPECT_EQ(folded("ŁÓDŹ Ærø œuvre Þór"), "lodz aero oeuvre thor");
    EXPECT_EQ(folded("Việt Nam ệ Ǎ"), "viet nam e Ǎ") << "letters beyond the tables stay what they are";
}

TEST(Words, AreTheSameHoweverTheirAccentsAreWritten) {
    EXPECT_EQ(folded("Cafe\xCC\x81"), folded("Café")) << "a letter and a combining mark, or one letter";
    EXPECT_EQ(folded("Ελλάδα"), "ελλαδα");
    EXPECT_EQ(folded("Ёлка Й"), "елка и");
    EXPECT_EQ(folded("ＡＢＣ１２"), "abc12") << "full width";
}

TEST(Words, EndAtWhatIsNoLetter) {
    EXPECT_EQ(words_of("export-run, v2.0 (late)!"),
              (std::vector<std::string>{"export", "run", "v2", "0", "late"}));
    EXPECT_EQ(words_of("don’t … “quote” — 5€"), (std::vector<std::string>{"don", "t", "quote", "5"}));
    EXPECT_TRUE(words_of(" \t\n!?*'\"").empty());
}

TEST(Words, OfHanAndKanaStandAlone) {
    EXPECT_EQ(words_of("請求書late"), (std::vector<std::string>{"請", "求", "書", "late"}));
}

TEST(Words, ThatNeverEndAreCut) {
    const std::vector<std::string> words = words_of(std::string(5'000, 'a') + " b");
    ASSERT_EQ(words.size(), 2U);
    EXPECT_LE(words.front().size(), 64U);
}

TEST(Words, SurviveBytesThatAreNoUtf8) {
    EXPECT_EQ(folded("a\xFF\xC3 b\xE2\x82"), "a b");
}

TEST(Words, AreMentionedWholeOrByTheirBeginning) {
    const std::vector<std::string> words = words_of("The invoices came late");
    EXPECT_TRUE(mentions(words, "late"));
    EXPECT_TRUE(mentions(words, "invoic*"));
    EXPECT_FALSE(mentions(words, "invoic"));
    EXPECT_FALSE(mentions(words, "voices"));
}

}  // namespace
}  // namespace candour::core
