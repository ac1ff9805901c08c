// What customers read, kept as files, so that a change of words or layout is seen in review.
// CANDOUR_WRITE_SNAPSHOTS=1 writes them anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "sample.hpp"
#include "voice/mails.hpp"

namespace candour::voice {
namespace {

void matches(const std::string& name, const std::string& text) {
    const std::string path = std::string(CANDOUR_SNAPSHOTS) + "/" + name;
    if (std::getenv("CANDOUR_WRITE_SNAPSHOTS") != nullptr) std::ofstream(path, std::ios::binary) << text;
    std::ifstream file(path, std::ios::binary);
    ASSERT_TRUE(file) << path << " is missing";
    std::ostringstream kept;
    kept << file.rdbuf();
    EXPECT_EQ(text, kept.str()) << name;
}

TEST(Snapshot, OfTheLoopPageHolds) {
    for (const std::string language : {"en", "de"}) {
        matches("loop_raised." + language + ".html", loop_page(sample::raised(language)));
        matches("loop_told." + language + ".html", loop_page(sample::told(language)));
        matches("loop_declined." + language + ".html", loop_page(sample::declined(language)));
        matches("loop_second_round." + language + ".html", loop_page(sample::second_round(language)));
        matches("loop_closed." + language + ".html", loop_page(sample::closed(language)));
        matches("pressed_not_yet." + language + ".html",
                pressed_page(Press::not_yet, sample::second_round(language)));
    }
}

TEST(Snapshot, OfTheMailsHolds) {
    for (const std::string language : {"en", "de"}) {
        const Mail closing = closing_mail(sample::told(language)),
                   heard = heard_mail(sample::heard(language));
        const Mail acknowledgement = acknowledgement_mail(sample::raised(language));
        matches("closing_mail." + language + ".html", closing.html);
        matches("closing_mail." + language + ".txt", closing.text);
        matches("heard_mail." + language + ".txt", heard.text);
        matches("acknowledgement_mail." + language + ".txt", acknowledgement.text);
    }
}

}  // namespace
}  // namespace candour::voice
