/// Did a program write this mail, and for whom? Each answer is a reason in words, or "".
///
/// Headers decide. Words decide only in the subject and only where programs put them: a person may well write
/// "I am out of the office on Friday", and such a person must be heard.
#pragma once
#include <string>
#include <string_view>

#include "reading/letter.hpp"

namespace candour::mail {

struct Envelope {
    bool known = false;
    std::string sender;  ///< "" is the null sender, when known
    std::vector<std::string> recipients;
};

std::string automatic_reason(const Fields& fields, const Envelope& envelope);
std::string list_reason(const Fields& fields);
std::string unsubscribe_reason(const Fields& fields, const Envelope& envelope);
std::string spam_reason(const Fields& fields);
/// One of our own mails came back to us.
std::string loop_reason(const Fields& fields);

}  // namespace candour::mail
