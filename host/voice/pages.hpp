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

/// Something they were asked, and whether they still want to be.
struct AskedBefore {
    std::string key;  ///< what the form carries for it
    std::string label;
    bool muted = false;
};

/// The way out of campaigns, and how somebody wishes to be asked instead.
struct StopFacts {
    std::string organisation;
    std::string language = "en";
    std::string form_action;
    std::string form_fields;  ///< HTML of the host's own, verbatim
    std::string privacy_url;
    std::string how = "as_asked";  ///< as_asked, light or never
    std::vector<AskedBefore> questions{};
    std::string person_name{};  ///< who of us they can talk to; or empty
    std::string person_email{};
    bool saved = false;                                       ///< what they chose has just been kept
    std::vector<std::pair<std::string, std::string>> undo{};  ///< what was in force before: names and values
};
/// Asks whether mails of this kind shall stop, with one button; below it how else they might come. The second
/// form posts `how` = as_asked, light or never, `language`, and for each question `k0`, `k1`, … = its key and
/// `a0`, `a1`, … = 1 while it may be asked.
std::string stop_page(const StopFacts& facts);
/// After that button: they have stopped; and the way back.
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
