/// Why a mail was not delivered, folded to what a sender does next.
#pragma once
#include <string_view>

namespace candour::mail {

struct Verdict {
    std::string_view kind = "temporary";
    bool hard = false;
};

/// Words weigh more than numbers: servers give 5.7.1 or 550 for everything. phrases/reasons.txt holds the
/// words.
Verdict judge(std::string_view diagnostic, std::string_view status, std::string_view reply_code);
/// By the words alone; an empty kind when none of them is known.
Verdict judge_words(std::string_view diagnostic);

}  // namespace candour::mail
