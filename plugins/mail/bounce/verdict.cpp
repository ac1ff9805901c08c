#include "bounce/verdict.hpp"

#include <array>
#include <string>

#include "characters.hpp"
#include "mail_texts.hpp"
#include "phrase.hpp"

namespace candour::mail {
namespace {

/// What follows is boilerplate, or the returned mail.
constexpr std::size_t kJudgedText = 8'000;

const std::vector<Section>& reasons() {
    static const std::vector<Section> sections = sections_of(texts::reasons_txt);
    return sections;
}

/// RFC 3463: the subject and detail of a status.
struct Row {
    std::string_view ending;
    Verdict verdict;
};

constexpr std::array kRows{
    Row{".1.0", {"recipient", true}},     Row{".1.1", {"recipient", true}},
    Row{".1.2", {"domain", true}},        Row{".1.3", {"recipient", true}},
    Row{".1.4", {"recipient", false}},    Row{".1.6", {"recipient", true}},
    Row{".1.7", {"policy", false}},       Row{".1.8", {"policy", false}},
    Row{".1.9", {"policy", false}},       Row{".1.10", {"domain", true}},
    Row{".2.0", {"recipient", false}},    Row{".2.1", {"recipient", false}},
    Row{".2.2", {"mailbox_full", false}}, Row{".2.3", {"mailbox_full", false}},
    Row{".2.4", {"recipient", false}},    Row{".3.1", {"mailbox_full", false}},
    Row{".3.2", {"domain", false}},       Row{".3.4", {"content", false}},
    Row{".4.4", {"domain", true}},        Row{".5.6", {"policy", false}},
    Row{".7.13", {"recipient", false}},   Row{".7.17", {"recipient", false}},
};

Verdict judge_status(std::string_view status) {
    if (status.size() < 5) return {"", false};
    const std::string_view ending = status.substr(1);
    const bool permanent = status.front() == '5';
    for (const Row& row : kRows)
        if (row.ending == ending)
            return {!permanent && row.verdict.hard ? "temporary" : row.verdict.kind,
                    permanent && row.verdict.hard};
    if (ending.starts_with(".6.")) return {"content", false};
    if (ending.starts_with(".7.")) return {"policy", false};
    if (ending.starts_with(".3.") || ending.starts_with(".4.") || ending.starts_with(".5."))
        return {"temporary", false};
    return {"", false};
}

Verdict judge_reply(std::string_view code) {
    if (code == "542") return {"recipient", true};  // MessageLabs: no such address among its customer's
    if (code == "552") return {"mailbox_full", false};
    if (code == "550" || code == "551" || code == "553") return {"recipient", false};
    if (code == "554") return {"policy", false};
    return {"temporary", false};
}

}  // namespace

Verdict judge_words(std::string_view diagnostic) {
    const std::string text = "|" + lower(squeezed(cut(diagnostic, kJudgedText))) + "|";
    for (const Section& section : reasons()) {
        if (!section.matches(text)) continue;
        const std::string_view heading = section.heading;
        return {heading.substr(0, heading.find(' ')), heading.ends_with(" hard")};
    }
    return {"", false};
}

Verdict judge(std::string_view diagnostic, std::string_view status, std::string_view reply_code) {
    if (const Verdict words = judge_words(diagnostic); !words.kind.empty()) return words;
    if (const Verdict numbers = judge_status(status); !numbers.kind.empty()) return numbers;
    return judge_reply(reply_code);
}

}  // namespace candour::mail
