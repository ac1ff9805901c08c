#include "voice/steps.hpp"

namespace candour::voice {
namespace {

struct Look {
    const char* kind;    ///< class of page.css and the mail's dark colours
    const char* colour;  ///< for mail clients that know nothing but inline styles
};
constexpr Look kTold{"k0", "#44524b"}, kHeard{"k1", "#2c53c6"}, kDecided{"k2", "#8a5000"},
    kChanged{"k3", "#8c2c85"};

Data blank(Look look, std::string_view title, Date on, std::string_view by, const Catalogue& words) {
    Data step;
    const std::string date = words.date(on);
    give(step, "kind", look.kind);
    give(step, "colour", look.colour);
    give(step, "step_title", title);
    give(step, "dated_title", words.say("step.dated", {{"title", title}, {"date", date}}));
    give(step, "iso", iso_date(on));
    give(step, "when", by.empty() ? date : words.say("date.by", {{"date", date}, {"person", by}}));
    for (const char* name : {"quote", "quoted", "score", "text", "spoken", "promise", "has_details",
                             "details", "link", "link_text"})
        step.set(name, Data{false});
    return step;
}

Data with_lines(std::string_view text) {
    Data part;
    part.set("lines", lines(text));
    return part;
}

void add_detail(List& details, std::string_view term, std::string_view text) {
    if (text.empty()) return;
    Data detail = with_lines(text);
    give(detail, "term", term);
    give(detail, "detail", text);
    details.push_back(detail);
}

void give_details(Data& step, const List& details) {
    step.set("has_details", !details.empty());
    step.set("details", Data{details});
}

Data said_step(const Words& said, std::string_view title, std::string_view silence, const Catalogue& words) {
    Data step = blank(kTold, title, said.on, "", words);
    if (said.text.empty()) {
        give(step, "text", silence);
        step.set("spoken", with_lines(silence));
    } else {
        give(step, "quote", said.text);
        step.set("quoted", with_lines(said.text));
    }
    if (said.score) give(step, "score", words.say("score", {{"score", std::to_string(*said.score)}}));
    return step;
}

Data spoken_step(Look look, std::string_view title, const Spoken& spoken, const Catalogue& words) {
    Data step = blank(look, title, spoken.on, spoken.by, words);
    give(step, "text", spoken.text);
    step.set("spoken", spoken.text.empty() ? Data{false} : with_lines(spoken.text));
    give_link(step, spoken.link);
    return step;
}

Data decided_step(const Round& round, const Catalogue& words) {
    Data step = spoken_step(kDecided, words["step.decided"], *round.decided, words);
    List details;
    add_detail(details, words["detail.why"], round.decided->why);
    add_detail(details, words["detail.trade_off"], round.decided->trade_off);
    give_details(step, details);
    if (round.will_change && round.promised_by)
        give(step, "promise", words.say("promise", {{"date", words.date(*round.promised_by)}}));
    return step;
}

Data changed_step(const Round& round, const Catalogue& words) {
    Data step = spoken_step(kChanged, words["step.changed"], *round.changed, words);
    if (!round.our_failure) return step;
    List details;
    add_detail(details, words["detail.went_wrong"], round.our_failure->what_went_wrong);
    add_detail(details, words["detail.learned"], round.our_failure->what_we_learned);
    add_detail(details, words["detail.prevent"], round.our_failure->how_we_prevent_it);
    give_details(step, details);
    return step;
}

Data arc(int place, const char* look, bool dashed) {
    // A quarter of the circle is 25 of 100 along the path; 2.8 on each side is the gap.
    constexpr std::array<const char*, 4> offsets{"-2.8", "-27.8", "-52.8", "-77.8"};
    Data one;
    give(one, "arc", look);
    give(one, "dashes", dashed ? "3.2 4.8 3.2 4.8 3.2 80.8" : "19.4 80.6");
    give(one, "offset", offsets[static_cast<std::size_t>(place)]);
    return one;
}

std::string_view ring_label(const LoopFacts& facts, const Round& last) {
    if (facts.closed) return "ring.closed";
    if (facts.awaiting_answer) return declined(last) ? "ring.told_declined" : "ring.told";
    if (declined(last)) return "ring.declined";
    if (last.changed) return "ring.3";
    return last.decided ? "ring.2" : last.heard ? "ring.1" : "ring.0";
}

}  // namespace

bool declined(const Round& round) {
    return round.decided && !round.will_change;
}

List steps(const Round& round, bool first, const Catalogue& words) {
    List all;
    all.push_back(said_step(round.said, words[first ? "step.told" : "step.not_yet"],
                            words[first ? "no_words" : "no_more_words"], words));
    if (round.heard) all.push_back(spoken_step(kHeard, words["step.heard"], *round.heard, words));
    for (const Words& corrected : round.corrections)
        all.push_back(said_step(corrected, words["step.corrected"], words["no_more_words"], words));
    if (round.decided) all.push_back(decided_step(round, words));
    if (round.changed) all.push_back(changed_step(round, words));
    return all;
}

void give_ring(Data& data, const LoopFacts& facts, const Catalogue& words) {
    const Round last = facts.rounds.empty() ? Round{} : facts.rounds.back();
    List arcs;
    arcs.push_back(arc(0, last.heard ? "a1" : "off", false));
    arcs.push_back(arc(1, last.decided ? "a2" : "off", false));
    if (!declined(last)) arcs.push_back(arc(2, last.changed ? "a3" : "off", false));
    arcs.push_back(arc(3, facts.awaiting_answer ? "a4" : "off", facts.awaiting_answer));
    data.set("whole", facts.closed);
    data.set("arcs", Data{arcs});
    give(data, "ring_label", words[ring_label(facts, last)]);
}

}  // namespace candour::voice
