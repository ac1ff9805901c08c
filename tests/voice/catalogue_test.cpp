#include "voice/catalogue.hpp"

#include <gtest/gtest.h>

#include <set>

#include "voice/template.hpp"

namespace candour::voice {
namespace {

using namespace std::chrono_literals;

std::multiset<std::string> placeholders(std::string_view sentence) {
    std::multiset<std::string> found;
    for (std::size_t open = sentence.find('{'); open != sentence.npos; open = sentence.find('{', open + 1))
        found.emplace(sentence.substr(open, sentence.find('}', open) - open + 1));
    return found;
}

TEST(Catalogues, HaveTheSameKeysAndPlaceholdersInEveryLanguage) {
    const Catalogue& english = catalogues().front();
    ASSERT_GT(english.sentences().size(), 80U);
    ASSERT_EQ(catalogues().size(), 4U);
    for (const Catalogue& other : catalogues()) {
        for (const auto& [key, sentence] : english.sentences()) {
            const auto found = other.sentences().find(key);
            ASSERT_NE(found, other.sentences().end()) << other.language() << " lacks " << key;
            EXPECT_EQ(placeholders(found->second), placeholders(sentence)) << other.language() << " " << key;
            EXPECT_FALSE(found->second.empty()) << other.language() << " " << key;
        }
        EXPECT_EQ(other.sentences().size(), english.sentences().size())
            << other.language() << " has keys of its own";
    }
}

TEST(Catalogues, AreTranslatedAndNotCopied) {
    const Catalogue& english = catalogues().front();
    for (std::size_t i = 1; i < catalogues().size(); ++i) {
        const Catalogue& other = catalogues()[i];
        for (const auto& [key, sentence] : other.sentences()) {
            if (sentence.size() < 25 || sentence.find('{') != sentence.npos) continue;
            EXPECT_NE(sentence, english[key]) << other.language() << " " << key;
        }
    }
}

TEST(Catalogues, HoldEverySentenceThatATemplateAsksFor) {
    for (const Catalogue& words : catalogues())
        for (const auto& [medium, name] : templates()) {
            const std::string text = expanded(medium, name, words);
            EXPECT_FALSE(text.empty()) << name;
            EXPECT_EQ(text.find("{{>"), text.npos) << name;
            for (const char* prefix :
                 {"ask.", "button.", "closed.", "correct.", "pressed.", "again.", "mail."})
                for (std::size_t at = text.find(prefix); at != text.npos; at = text.find(prefix, at + 1))
                    EXPECT_FALSE(
                        words.sentences().contains(text.substr(at, text.find_first_of("<}", at) - at)))
                        << name << ": " << text.substr(at, 30);
        }
}

TEST(Catalogues, AreChosenByThePrimaryLanguageAndFallBackToEnglish) {
    EXPECT_EQ(catalogue("de").language(), "de");
    EXPECT_EQ(catalogue("DE-at").language(), "de");
    EXPECT_EQ(catalogue("fr_CA").language(), "fr");
    EXPECT_EQ(catalogue("nl").language(), "en");
    EXPECT_EQ(catalogue("").language(), "en");
}

TEST(Catalogues, WriteDatesAsPeopleOfThatLanguageDo) {
    const auto date = 2026y / 11 / 2, first = 2026y / 3 / 1;
    EXPECT_EQ(catalogue("en").date(date), "2 November");
    EXPECT_EQ(catalogue("de").date(date), "2. November");
    EXPECT_EQ(catalogue("fr").date(date), "2 novembre");
    EXPECT_EQ(catalogue("es").date(date), "2 de noviembre");
    EXPECT_EQ(catalogue("fr").date(first), "1er mars");
    EXPECT_EQ(catalogue("de").date(first), "1. März");
}

TEST(Catalogues, FillPlaceholdersInOnePass) {
    EXPECT_EQ(catalogue("en").say("date.by", {{"date", "{person}"}, {"person", "{{x}} {date}"}}),
              "{person}, {{x}} {date}");
}

}  // namespace
}  // namespace candour::voice
