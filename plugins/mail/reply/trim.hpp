/// What a person wrote in this mail, without what the mail answers.
///
/// Nothing is lost: the whole text stays beside it. What is quoted under an attribution goes; text below it
/// stays
/// ("bottom posting"); answers between several quotes keep the quotes, because they mean nothing without
/// them.
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

struct Trimmed {
    std::string reply;          ///< the signature is still there
    std::string reply_trimmed;  ///< it is not
    std::string signature;
    bool interleaved = false;
};

Trimmed trim_reply(std::string_view text, std::string_view sender_name);

}  // namespace candour::mail
