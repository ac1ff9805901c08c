#include "core/team/words.hpp"

#include "core/letters.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

namespace candour::core {
namespace {

constexpr std::string_view kBlank = " \t\r";

/// Takes the first line off.
std::string_view next_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

/// LP-12 at the beginning, taken off; 0 when there is none.
std::int64_t take_item(std::string_view& line) {
    if (!ascii_lower(line.substr(0, 3)).starts_with("lp-")) return 0;
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(line.data() + 3, line.data() + line.size(), number);
    if (failure != std::errc() || number <= 0) return 0;
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
    return number;
}

struct Field {
    std::string name;
    std::string_view rest;
};
/// `name: rest`
std::optional<Field> field_of(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    return Field{ascii_lower(without_margins(line.substr(0, colon))),
                 without_margins(line.substr(colon + 1))};
}

bool belongs_to(TeamVerb verb, const std::string& name) {
    if (verb == TeamVerb::decided) return name == "by" || name == "why" || name == "cost";
    return verb == TeamVerb::changed &&
           (name == "link" || name == "went wrong" || name == "learned" || name == "prevention");
}

void add_line(std::string& text, std::string_view line) {
    if (!text.empty()) text += '\n';
    text += without_margins(line);
}

/// Lines up to the first empty one: of the text, or of the detail that the last `name:` began.
void take_paragraph(TeamWords& words, std::string_view body) {
    std::string* into = &words.text;
    while (!body.empty()) {
        const std::string_view line = next_line(body);
        if (without_margins(line).empty()) return;
        const std::optional<Field> field = field_of(line);
        if (field && belongs_to(words.verb, field->name)) {
            into = &words.details[field->name];
            *into = std::string(field->rest);
        } else {
            add_line(*into, line);
        }
    }
}

std::string detail(const TeamWords& words, const char* name) {
    const auto found = words.details.find(name);
    return found == words.details.end() ? std::string() : found->second;
}

}  // namespace

std::optional<TeamWords> read_team_words(const std::string& reply) {
    std::string_view body = without_margins(reply);
    std::string_view first = without_margins(next_line(body));
    TeamWords words;
    words.item = take_item(first);
    const std::optional<Field> field = field_of(first);
    const std::optional<TeamVerb> verb = field ? value_of(kTeamVerbs, field->name) : std::nullopt;
    if (!verb) return std::nullopt;
    words.verb = *verb;
    words.text = std::string(field->rest);
    if (words.verb == TeamVerb::note) {
        std::string all = words.text + "\n" + std::string(body);
        std::erase(all, '\r');
        words.text = std::string(without_margins(all));
    } else {
        take_paragraph(words, body);
    }
    return words;
}

Result<Step> step_of(const TeamWords& words, const Item& item, const Act& act, Instant by) {
    switch (words.verb) {
        case TeamVerb::note:
            return note(item, act, words.text);
        case TeamVerb::heard:
            return hear(item, act, words.text, {});
        case TeamVerb::decided: {
            Decision decision;
            decision.will_change = words.details.contains("by");
            decision.text = words.text;
            decision.why = detail(words, "why");
            decision.trade_off = detail(words, "cost");
            decision.promised_by = by;
            return decide(item, act, decision);
        }
        case TeamVerb::changed:
            break;
    }
    return change(item, act, words.text, detail(words, "link"),
                  {detail(words, "went wrong"), detail(words, "learned"), detail(words, "prevention")});
}

}  // namespace candour::core
