/// What voice is told: plain values, already decided and already civil. Text from people is raw; voice
/// escapes it.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace candour::voice {

using Date = std::chrono::year_month_day;

/// Something the customer said.
struct Words {
    std::string text;
    std::optional<int> score;  ///< 0..10
    Date on{};
};

/// Something we said to the customer.
struct Spoken {
    std::string text;
    std::string why;        ///< decided only; or empty
    std::string trade_off;  ///< decided only; or empty
    std::string link;       ///< http or https; anything else is shown as text, never as a link
    Date on{};
    std::string by;
};

/// What we owe in full when the fault was ours.
struct OurFailure {
    std::string what_went_wrong;
    std::string what_we_learned;
    std::string how_we_prevent_it;
};

/// Once around: what was said (at first, or with a "not yet") and what came of it.
struct Round {
    Words said;
    std::vector<Words> corrections;
    std::optional<Spoken> heard;
    std::optional<Spoken> decided;
    std::optional<Spoken> changed;
    bool will_change = true;
    std::optional<Date> promised_by;
    std::optional<OurFailure> our_failure;
};

/// Why a form is shown again.
enum class FormFault { none, no_words, too_long };

/// The organisation's own colour, as #rrggbb, and what can be read on it; both empty: it has none.
struct Livery {
    std::string colour;
    std::string text;
    bool operator==(const Livery&) const = default;
};

struct LoopFacts {
    std::string organisation;
    std::string language = "en";  ///< a BCP 47 tag; "de-AT" speaks German, what we do not speak is English
    std::string contact_name;     ///< as the customer is addressed; or empty
    std::string owner_name;       ///< who answers for it; or empty
    std::vector<Round> rounds;    ///< oldest first, at least one
    std::string
        state;  ///< core's word: raised, heard, decided, changed, told, visibly_closed, dismissed, abandoned
    bool awaiting_answer = false;  ///< told: the three buttons are offered
    bool closed = false;           ///< visibly closed: the whole ring
    bool can_confirm = false;      ///< closed by "I have read this": "Yes, this is resolved" is still offered
    bool can_correct = false;      ///< until told: "Correct us" is offered
    bool late = false;             ///< a button was pressed that nothing came of: the page says so
    FormFault fault = FormFault::none;
    std::string typed;     ///< what stood in the text field, when it is shown again
    std::string page_url;  ///< absolute
    std::string form_action;
    std::string form_fields;   ///< HTML of the host's own that goes into each form verbatim
    std::string address_line;  ///< the organisation's postal line under each mail; or empty
    std::string privacy_url;   ///< or empty
    Livery livery{};           ///< of mails; pages are dressed by whoever sends them
};

struct Mail {
    std::string subject;  ///< one line
    std::string text;
    std::string html;
};

}  // namespace candour::voice
