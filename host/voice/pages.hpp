/// Every page a customer can meet on the host: whole HTML documents that need no JavaScript and no second
/// request.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "voice/facts.hpp"

namespace candour::voice {

/// The text between <style> and </style>, the same in every page: its hash is the page's style-src.
std::string_view page_style();

/// The loop page: every round, the ring, and what the customer may do now. The buttons post `press` = seen,
/// confirmed, not_yet or correct, with `more` as text.
std::string loop_page(const LoopFacts& facts);

enum class Press { seen, confirmed, not_yet, correct };
/// After a button: thanks, what happens next, and the way back to the loop page.
std::string pressed_page(Press pressed, const LoopFacts& facts);

/// Asks for one more press of a button, because the first came faster than a person reads.
struct PressAgain {
    std::string organisation;
    std::string language = "en";
    std::string form_action;
    std::string form_fields;                                   ///< HTML of the host's own, verbatim
    std::vector<std::pair<std::string, std::string>> carried;  ///< what was posted: names and values
    std::string privacy_url;
};
std::string press_again_page(const PressAgain& facts);

/// The way out of campaigns.
struct StopFacts {
    std::string organisation;
    std::string language = "en";
    std::string form_action;
    std::string form_fields;  ///< HTML of the host's own, verbatim
    std::string privacy_url;
};
/// Asks whether mails of this kind shall stop; one button.
std::string stop_page(const StopFacts& facts);
/// After that button: they have stopped.
std::string stopped_page(const StopFacts& facts);

enum class Notice {
    unknown_link,
    expired_link,
    revoked_link,
    bad_request,  ///< shows `reason`
    too_large,
    unavailable,  ///< nothing could be kept: please try again
    received,     ///< 202: the words are safe, the answer comes later
};
struct NoticeFacts {
    std::string organisation;  ///< or empty when the link does not say whose it is
    std::string language = "en";
    std::string reason;        ///< for a person; or empty
    std::string contact_line;  ///< how to reach a human, such as an address or a number; or empty
    std::string privacy_url;
};
std::string notice_page(Notice notice, const NoticeFacts& facts);

}  // namespace candour::voice
