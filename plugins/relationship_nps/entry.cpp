#include "entry.hpp"

#include <algorithm>

namespace candour::relationship_nps {

namespace json = boost::json;

namespace {

/// Digits alone, without signs, blanks or zeros in front.
std::optional<int> number_up_to(std::string_view text, int most) {
    if (text.empty() || text.size() > 2 || (text.size() == 2 && text[0] == '0')) return std::nullopt;
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number <= most ? std::optional(number) : std::nullopt;
}

/// The host has checked the UTF-8: bytes that continue a character are not counted.
std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0U) != 0x80U; }));
}

/// Browsers send line ends as CR LF, where the customer typed one.
std::string with_plain_line_ends(std::string_view text) {
    std::string plain(text);
    for (std::size_t at = plain.find("\r\n"); at != std::string::npos; at = plain.find("\r\n", at))
        plain.erase(at, 1);
    return plain;
}

json::object common(const Asked& asked, const Definition& definition, std::string_view language) {
    return {{"about", definition.about}, {"subject", asked.subject("message")}, {"language", language}};
}

}  // namespace

Entry entry_of_link(const Asked& asked) {
    Entry entry;
    entry.score = number_up_to(asked.query("a"), 10);
    return entry;
}

Entry entry_of_form(const Asked& asked) {
    Entry entry;
    entry.score = number_up_to(asked.form("a"), 10);
    entry.stance = number_up_to(asked.form("stance"), 5);
    entry.stance_is_wrong = asked.sent("stance") && !entry.stance;
    entry.why = with_plain_line_ends(asked.form("why"));
    entry.why_length = characters(entry.why);
    entry.contact = asked.sent("contact");
    entry.quote = asked.sent("quote");
    return entry;
}

std::string answer_json(const Asked& asked, const Definition& definition, const Entry& entry,
                        std::string_view language) {
    json::object answer = common(asked, definition, language);
    answer["item_key"] = asked.subject("message");
    answer["score"] = *entry.score;
    if (!entry.why.empty()) answer["verbatim"] = entry.why;
    answer["contact_me"] = entry.contact;
    answer["may_quote"] = entry.quote;
    return json::serialize(answer);
}

std::string stance_json(const Asked& asked, const Definition& definition, int stance,
                        std::string_view language) {
    json::object fact = common(asked, definition, language);
    fact["item_key"] = std::string(asked.subject("message")) + "/stance";
    fact["score"] = stance;
    return json::serialize(fact);
}

}  // namespace candour::relationship_nps
