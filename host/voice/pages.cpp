#include "voice/pages.hpp"

#include "core/names.hpp"
#include "voice/steps.hpp"
#include "voice_texts.hpp"

namespace candour::voice {
namespace {

constexpr core::NameTable<Press, 4> kPresses{{{Press::seen, "seen"},
                                              {Press::confirmed, "confirmed"},
                                              {Press::not_yet, "not_yet"},
                                              {Press::correct, "correct"}}};
constexpr core::NameTable<Notice, 7> kNotices{{{Notice::unknown_link, "unknown_link"},
                                               {Notice::expired_link, "expired_link"},
                                               {Notice::revoked_link, "revoked_link"},
                                               {Notice::bad_request, "bad_request"},
                                               {Notice::too_large, "too_large"},
                                               {Notice::unavailable, "unavailable"},
                                               {Notice::received, "received"}}};

/// What every page has. `title` is what the tab shows before the organisation's name.
Data frame(const Catalogue& words, std::string_view title, const std::string& organisation,
           const std::string& privacy_url) {
    const std::string name = one_line(organisation);
    Data page;
    give(page, "lang", words.language());
    give(page, "title",
         name.empty() ? std::string(title)
                      : words.say("title.page", {{"title", title}, {"organisation", name}}));
    give(page, "organisation", name);
    give(page, "privacy_url", web_link(privacy_url) || privacy_url.starts_with('/') ? privacy_url : "");
    give(page, "foot", "");
    return page;
}

std::string foot(const LoopFacts& facts, const Catalogue& words) {
    const std::string organisation = one_line(facts.organisation), owner = one_line(facts.owner_name);
    if (!facts.awaiting_answer && !facts.closed)
        return words.say("foot.private", {{"organisation", organisation}});
    if (owner.empty()) return words.say("foot.nobody", {{"organisation", organisation}});
    return words.say("foot.owner", {{"owner", owner}, {"organisation", organisation}});
}

std::string heading(const LoopFacts& facts, const Catalogue& words) {
    const bool over = facts.awaiting_answer || facts.closed;
    return addressed(words, over ? "heading.became_named" : "heading.becomes_named",
                     over ? "heading.became" : "heading.becomes", "name", facts.contact_name);
}

std::string what_comes_next(const LoopFacts& facts, const Catalogue& words) {
    if (facts.awaiting_answer || facts.closed) return "";
    const Round last = facts.rounds.empty() ? Round{} : facts.rounds.back();
    if (facts.state != "decided") {
        const std::string key = "next." + facts.state;
        return words.sentences().contains(key) ? std::string(words[key]) : "";
    }
    if (declined(last)) return std::string(words["next.declined"]);
    if (!last.promised_by) return std::string(words["next.decided"]);
    return words.say("next.promised", {{"date", words.date(*last.promised_by)}});
}

std::string_view fault(const LoopFacts& facts, const Catalogue& words) {
    switch (facts.fault) {
        case FormFault::none:
            break;
        case FormFault::no_words:
            return words["fault.no_words"];
        case FormFault::too_long:
            return words["fault.too_long"];
    }
    return {};
}

std::string round_title(const LoopFacts& facts, std::size_t index, const Catalogue& words) {
    if (facts.rounds.size() == 1) return "";
    if (index == 0) return std::string(words["round.first"]);
    return words.say("round.again", {{"date", words.date(facts.rounds[index].said.on)}});
}

Data rounds(const LoopFacts& facts, const Catalogue& words) {
    List all;
    for (std::size_t i = 0; i < facts.rounds.size(); ++i) {
        Data round;
        give(round, "round_title", round_title(facts, i, words));
        round.set("steps", Data{steps(facts.rounds[i], i == 0, words)});
        all.push_back(round);
    }
    return Data{all};
}

Data carried(const std::vector<std::pair<std::string, std::string>>& fields) {
    List all;
    for (const auto& [name, value] : fields) {
        Data field;
        field.set("name", name);
        field.set("value", value);
        all.push_back(field);
    }
    return Data{all};
}

std::string person_line(const StopFacts& facts, const Catalogue& words) {
    if (facts.person_name.empty()) return "";
    return words.say("prefer.person",
                     {{"name", one_line(facts.person_name)}, {"address", one_line(facts.person_email)}});
}

/// Each in its own words: whoever looks for their language finds it.
constexpr std::pair<std::string_view, std::string_view> kTongues[] = {
    {"en", "English"}, {"de", "Deutsch"}, {"es", "Español"}, {"fr", "Français"}};

Data tongues(const Catalogue& words) {
    List all;
    for (const auto& [code, name] : kTongues) {
        Data one;
        one.set("code", std::string(code));
        one.set("name", std::string(name));
        one.set("chosen", words.language() == code);
        all.push_back(one);
    }
    return Data{all};
}

void give_preferences(Data& page, const StopFacts& facts, const Catalogue& words) {
    List questions;
    for (std::size_t i = 0; i < facts.questions.size(); ++i) {
        Data one;
        one.set("n", std::to_string(i));
        one.set("key", facts.questions[i].key);
        one.set("label", one_line(facts.questions[i].label));
        one.set("wanted", !facts.questions[i].muted);
        questions.push_back(one);
    }
    page.set("has_questions", !questions.empty());
    page.set("questions", Data{questions});
    page.set("tongues", tongues(words));
    page.set("as_asked", facts.how == "as_asked");
    page.set("light", facts.how == "light");
    page.set("never", facts.how == "never");
    page.set("asks", facts.how != "never");
    page.set("saved", facts.saved);
    page.set("can_undo", !facts.undo.empty());
    page.set("undo", carried(facts.undo));
    give(page, "person", person_line(facts, words));
}

}  // namespace

std::string_view page_style() {
    return texts::page_css;
}

std::string loop_page(const LoopFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    const std::string title = heading(facts, words);
    Data page = frame(words, title, facts.organisation, facts.privacy_url);
    give(page, "heading", title);
    give(page, "level", facts.rounds.size() > 1 ? "h3" : "h2");
    give(page, "next", what_comes_next(facts, words));
    give(page, "foot", foot(facts, words));
    give(page, "form_action", facts.form_action);
    give(page, "form_fields", facts.form_fields);
    give(page, "late", facts.late ? words["late"] : std::string_view());
    give(page, "fault", fault(facts, words));
    give(page, "typed", facts.typed);
    page.set("rounds", rounds(facts, words));
    page.set("ask", facts.awaiting_answer && !facts.closed);
    page.set("closed", facts.closed);
    page.set("can_confirm", facts.can_confirm);
    page.set("correct", facts.can_correct && !facts.awaiting_answer && !facts.closed);
    give_ring(page, facts, words);
    return render(Medium::html, "loop_page", words, page);
}

std::string pressed_page(Press pressed, const LoopFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    const std::string name = "pressed." + std::string(core::name_of(kPresses, pressed));
    const bool goes_to_owner = pressed == Press::not_yet || pressed == Press::correct;
    const std::string title(words[name + ".title"]);
    Data page = frame(words, title, facts.organisation, facts.privacy_url);
    give(page, "heading", title);
    give(page, "text",
         goes_to_owner ? addressed(words, name + ".owner", name + ".text", "owner", facts.owner_name)
                       : std::string(words[name + ".text"]));
    give(page, "page_url", web_link(facts.page_url) ? facts.page_url : "");
    give(page, "foot", words.say("foot.private", {{"organisation", one_line(facts.organisation)}}));
    give_ring(page, facts, words);
    return render(Medium::html, "pressed_page", words, page);
}

std::string press_again_page(const PressAgain& facts) {
    const Catalogue& words = catalogue(facts.language);
    Data page = frame(words, words["again.title"], facts.organisation, facts.privacy_url);
    give(page, "form_action", facts.form_action);
    give(page, "form_fields", facts.form_fields);
    page.set("carried", carried(facts.carried));
    return render(Medium::html, "press_again_page", words, page);
}

std::string stop_page(const StopFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    Data page = frame(words, words["stop.title"], facts.organisation, facts.privacy_url);
    give(page, "form_action", facts.form_action);
    give(page, "form_fields", facts.form_fields);
    give_preferences(page, facts, words);
    return render(Medium::html, "stop_page", words, page);
}

std::string stopped_page(const StopFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    Data page = frame(words, words["stopped.title"], facts.organisation, facts.privacy_url);
    give(page, "form_action", facts.form_action);
    give(page, "form_fields", facts.form_fields);
    page.set("undo", carried(facts.undo));
    page.set("can_undo", !facts.undo.empty());
    give(page, "person", person_line(facts, words));
    return render(Medium::html, "stopped_page", words, page);
}

std::string notice_page(Notice notice, const NoticeFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    const std::string name = "notice." + std::string(core::name_of(kNotices, notice));
    const std::string title(words[name + ".title"]);
    Data page = frame(words, title, facts.organisation, facts.privacy_url);
    give(page, "heading", title);
    give(page, "text", words[name + ".text"]);
    give(page, "reason", facts.reason);
    give(page, "contact_line", facts.contact_line);
    return render(Medium::html, "notice_page", words, page);
}

}  // namespace candour::voice
