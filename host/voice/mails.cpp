#include "voice/mails.hpp"

#include "voice/steps.hpp"

namespace candour::voice {
namespace {

struct Frame {
    std::string subject;
    std::string heading;
    std::string preheader;
    std::string organisation;
    std::string address_line;
    std::string privacy_url;
    Livery livery{};
};

/// Without a colour of its own: the ring's green, which is lighter in the dark.
void give_livery(Data& mail, const Livery& livery) {
    const bool own = !livery.colour.empty();
    give(mail, "livery", livery.colour);
    give(mail, "yes", own ? livery.colour : "#0b6b49");
    give(mail, "yes_text", own ? livery.text : "#ffffff");
    give(mail, "yes_edge", own ? "#14211b" : "#0b6b49");
    give(mail, "yes_dark", own ? livery.colour : "#62d3a5");
    give(mail, "yes_dark_text", own ? livery.text : "#0d1210");
    give(mail, "yes_dark_edge", own ? "#e8eeea" : "#62d3a5");
}

Data frame(const Catalogue& words, const Frame& of) {
    Data mail;
    give(mail, "lang", words.language());
    give(mail, "subject", of.subject);
    give(mail, "heading", of.heading);
    give(mail, "preheader", of.preheader);
    give(mail, "organisation", one_line(of.organisation));
    give(mail, "address_line", one_line(of.address_line));
    give(mail, "privacy_url", web_link(of.privacy_url) ? of.privacy_url : "");
    give_livery(mail, of.livery);
    for (const char* unused :
         {"because", "page_url", "unsubscribe_url", "intro", "ask", "button", "outro", "signed"})
        mail.set(unused, Data{false});
    return mail;
}

Mail both(std::string subject, std::string_view name, const Catalogue& words, const Data& data) {
    return Mail{std::move(subject), render(Medium::text, name, words, data),
                render(Medium::html, name, words, data)};
}

/// What the three mails about an item share. `steps` are those of the last round: the page has the rest.
Data loop_frame(const LoopFacts& facts, const Catalogue& words, const Frame& of, const List& shown) {
    Data mail = frame(words, of);
    mail.set("steps", Data{shown});
    give(mail, "page_url", web_link(facts.page_url) ? facts.page_url : "");
    give(mail, "signed", one_line(facts.owner_name));
    if (facts.rounds.empty()) return mail;
    const std::string date = words.date(facts.rounds.front().said.on);
    give(mail, "because",
         words.say("mail.because", {{"organisation", one_line(facts.organisation)}, {"date", date}}));
    return mail;
}

List last_round(const LoopFacts& facts, const Catalogue& words) {
    if (facts.rounds.empty()) return {};
    return steps(facts.rounds.back(), facts.rounds.size() == 1, words);
}

Frame frame_of(const LoopFacts& facts, std::string_view subject, std::string heading,
               std::string_view preheader) {
    return Frame{std::string(subject), std::move(heading), std::string(preheader),
                 facts.organisation,   facts.address_line, facts.privacy_url,
                 facts.livery};
}

/// What a number is called for people who hear the page: the ends say what they mean.
std::string spoken_number(const Block& block, int number) {
    const std::string text = std::to_string(number);
    if (number == block.from) return text + ", " + one_line(block.lowest);
    return number == block.to ? text + ", " + one_line(block.highest) : text;
}

void give_scale(Data& one, const Block& block, const std::string& answer_url) {
    List numbers;
    for (int number = block.from; number <= block.to; ++number) {
        Data each;
        give(each, "number", std::to_string(number));
        give(each, "label", spoken_number(block, number));
        give(each, "url", answer_url + "?a=" + std::to_string(number));
        numbers.push_back(std::move(each));
    }
    one["numbers"] = Data{numbers};
    give(one, "first", std::to_string(block.from) + ", " + one_line(block.lowest));
    give(one, "last", std::to_string(block.to) + ", " + one_line(block.highest));
}

Data plugin_block(const Block& block, const std::string& answer_url) {
    Data one;
    const bool scale = block.kind == Block::Kind::scale, answer = block.kind == Block::Kind::answer;
    const std::string& link = answer ? answer_url : block.link;
    const bool button = (answer || block.kind == Block::Kind::button) && web_link(link);
    give(one, "text", button ? one_line(block.text) : block.text);
    give(one, "link", button ? link : "");
    one["lines"] = lines(block.text);
    one.set("is_button", button);
    one.set("is_quote", block.kind == Block::Kind::quote);
    one.set("is_text", !button && !answer && !scale && block.kind != Block::Kind::quote);
    one.set("is_scale", scale && web_link(answer_url));
    if (scale) give_scale(one, block, answer_url);
    return one;
}

}  // namespace

Mail acknowledgement_mail(const LoopFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    const std::string subject(words["mail.ack.subject"]);
    const std::string heading =
        addressed(words, "mail.ack.heading_named", "mail.ack.heading", "name", facts.contact_name);
    Data mail = loop_frame(facts, words, frame_of(facts, subject, heading, words["mail.ack.intro"]),
                           last_round(facts, words));
    give(mail, "intro", words["mail.ack.intro"]);
    give(mail, "button", words["mail.ack.button"]);
    give(mail, "outro", words["mail.ack.outro"]);
    return both(subject, "loop_mail", words, mail);
}

Mail heard_mail(const LoopFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    const std::string subject(words["mail.heard.subject"]);
    const std::string heading =
        addressed(words, "mail.heard.heading_named", "mail.heard.heading", "name", facts.contact_name);
    Data mail = loop_frame(facts, words, frame_of(facts, subject, heading, words["mail.heard.outro"]),
                           last_round(facts, words));
    give(mail, "button", words["mail.heard.button"]);
    give(mail, "outro", words["mail.heard.outro"]);
    return both(subject, "loop_mail", words, mail);
}

Mail closing_mail(const LoopFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    const bool no = !facts.rounds.empty() && declined(facts.rounds.back());
    const std::string subject(words[no ? "mail.closing.subject_declined" : "mail.closing.subject"]);
    const std::string_view preheader =
        words[no ? "mail.closing.preheader_declined" : "mail.closing.preheader"];
    const std::string heading =
        addressed(words, "heading.became_named", "heading.became", "name", facts.contact_name);
    Data mail =
        loop_frame(facts, words, frame_of(facts, subject, heading, preheader), last_round(facts, words));
    mail.set("ask", true);
    give(mail, "outro", words["mail.closing.outro"]);
    return both(subject, "loop_mail", words, mail);
}

Mail plugin_mail(const PluginMailFacts& facts) {
    const Catalogue& words = catalogue(facts.language);
    const std::string subject = one_line(facts.subject);
    const std::string heading = facts.heading.empty() ? subject : one_line(facts.heading);
    Data mail = frame(words, {subject, heading, "", facts.organisation, facts.address_line, facts.privacy_url,
                              facts.livery});
    give(mail, "unsubscribe_url", web_link(facts.unsubscribe_url) ? facts.unsubscribe_url : "");
    List blocks;
    blocks.reserve(facts.blocks.size());
    for (const Block& block : facts.blocks) blocks.push_back(plugin_block(block, facts.answer_url));
    mail["blocks"] = Data{blocks};
    return both(subject, "plugin_mail", words, mail);
}

}  // namespace candour::voice
