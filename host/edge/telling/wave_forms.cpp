#include "edge/telling/wave_forms.hpp"

#include <algorithm>

#include "crypto/digest.hpp"
#include "voice/markup.hpp"

namespace candour::telling {
namespace {

/// A campaign speaks a few languages and reminds a few times; some campaigns run side by side.
constexpr std::size_t kForms = 32;

bool letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Whether a word begins or ends between the two.
bool apart(char before, char after) {
    return !letter_or_digit(before) || !letter_or_digit(after);
}

bool stands_at(std::string_view text, std::size_t at, std::string_view name) {
    if (name.empty() || !text.substr(at).starts_with(name)) return false;
    const std::size_t end = at + name.size();
    return (at == 0 || apart(text[at - 1], name.front())) &&
           (end == text.size() || apart(name.back(), text[end]));
}

std::string marked(std::string_view text, const flow::DueMessage& reader, const NameMarks& marks) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const bool account = stands_at(text, at, reader.account_name),
                   contact = stands_at(text, at, reader.contact_name);
        const bool longer = account && (!contact || reader.account_name.size() > reader.contact_name.size());
        if (!account && !contact) {
            out += text[at++];
            continue;
        }
        out += longer ? marks.account : marks.contact;
        at += (longer ? reader.account_name : reader.contact_name).size();
    }
    return out;
}

/// Blanks would be drawn together at the places where the letter is one line.
bool one_line_already(const std::string& name) {
    return voice::one_line(name) == name;
}

}  // namespace

NameMarks::NameMarks() {
    const std::string secret = crypto::to_hex(crypto::random_bytes(12));
    contact = "contact" + secret;
    account = "account" + secret;
}

std::optional<voice::PluginMailFacts> without_names(const voice::PluginMailFacts& facts,
                                                    const flow::DueMessage& reader, const NameMarks& marks) {
    if (!one_line_already(reader.contact_name) || !one_line_already(reader.account_name)) return std::nullopt;
    voice::PluginMailFacts common = facts;
    common.subject = marked(facts.subject, reader, marks);
    common.heading = marked(facts.heading, reader, marks);
    for (voice::Block& block : common.blocks)
        for (std::string* text : {&block.text, &block.lowest, &block.highest})
            *text = marked(*text, reader, marks);
    common.answer_url.clear();
    common.unsubscribe_url.clear();
    return common;
}

const mail::Form* WaveForms::find(const flow::DueMessage& message, const voice::PluginMailFacts& common) {
    const auto found = std::ranges::find_if(kept_, [&](const Kept& kept) {
        return kept.campaign == message.campaign && kept.plugin == message.plugin && kept.common == common;
    });
    if (found == kept_.end()) return nullptr;
    kept_.splice(kept_.begin(), kept_, found);
    return &kept_.front().form;
}

const mail::Form& WaveForms::keep(const flow::DueMessage& message, voice::PluginMailFacts common,
                                  mail::Form form) {
    kept_.push_front({message.campaign, message.plugin, std::move(common), std::move(form)});
    if (kept_.size() > kForms) kept_.pop_back();
    return kept_.front().form;
}

}  // namespace candour::telling
