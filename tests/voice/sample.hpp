/// Invented people and their loop, at each of its stages.
#pragma once
#include "voice/pages.hpp"

namespace candour::voice::sample {

using namespace std::chrono_literals;

inline Date november(unsigned day) {
    return 2026y / 11 / static_cast<int>(day);
}

inline LoopFacts raised(std::string language = "en") {
    Round round;
    round.said = {
        "Alerts arrive after the truck has left. My people have stopped reading them, and then they miss the "
        "one "
        "that matters.",
        4, 2026y / 11 / 2};
    LoopFacts facts;
    facts.organisation = "Halden Systems";
    facts.language = std::move(language);
    facts.contact_name = "Dele";
    facts.owner_name = "Priya Raman";
    facts.rounds = {round};
    facts.state = "raised";
    facts.can_correct = true;
    facts.page_url = "https://feedback.example.com/l/9fwm2cqa";
    facts.form_action = "/l/9fwm2cqa";
    facts.form_fields = R"(<input type="hidden" name="nonce" value="n-1">)";
    facts.address_line = "Halden Systems, Storgata 5, 0155 Oslo";
    facts.privacy_url = "https://feedback.example.com/privacy";
    return facts;
}

inline LoopFacts heard(std::string language = "en") {
    LoopFacts facts = raised(std::move(language));
    facts.rounds.back().heard = {
        "Alerts come too late to act on.", "", "", "", 2026y / 11 / 3, "Priya Raman"};
    facts.state = "heard";
    return facts;
}

inline LoopFacts decided(std::string language = "en") {
    LoopFacts facts = heard(std::move(language));
    facts.rounds.back().decided = {"Yes, in this quarter: alerts leave the moment the gate closes.",
                                   "You cannot act on an alert that is an hour old.",
                                   "The monthly report waits until January.",
                                   "",
                                   2026y / 11 / 5,
                                   "Ines Duarte"};
    facts.rounds.back().promised_by = 2026y / 12 / 1;
    facts.state = "decided";
    return facts;
}

inline LoopFacts told(std::string language = "en") {
    LoopFacts facts = decided(std::move(language));
    facts.rounds.back().changed = {"Version 4.12 is live on your site.",
                                   "",
                                   "",
                                   "https://halden.example/4.12",
                                   2026y / 11 / 18,
                                   "Priya Raman"};
    facts.state = "told";
    facts.awaiting_answer = true;
    facts.can_correct = false;
    return facts;
}

inline LoopFacts declined(std::string language = "en") {
    LoopFacts facts = decided(std::move(language));
    facts.rounds.back().will_change = false;
    facts.rounds.back().promised_by.reset();
    facts.rounds.back().decided->text = "No, we keep the hourly summary.";
    facts.state = "told";
    facts.awaiting_answer = true;
    facts.can_correct = false;
    return facts;
}

inline LoopFacts closed(std::string language = "en") {
    LoopFacts facts = told(std::move(language));
    facts.state = "visibly_closed";
    facts.awaiting_answer = false;
    facts.closed = true;
    return facts;
}

/// Told, answered "not yet", and heard again.
inline LoopFacts second_round(std::string language = "en") {
    LoopFacts facts = told(std::move(language));
    Round again;
    again.said = {"The night shift still gets them late.", {}, 2026y / 11 / 20};
    again.heard = {"The night shift's alerts are still late.", "", "", "", 2026y / 11 / 21, "Priya Raman"};
    facts.rounds.push_back(again);
    facts.state = "heard";
    facts.awaiting_answer = false;
    facts.can_correct = true;
    return facts;
}

}  // namespace candour::voice::sample
