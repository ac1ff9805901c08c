/// The letters of a wave say the same to everybody, but for names and links: what they share is written once,
/// each reader's letter is that form filled in.
#pragma once
#include <list>
#include <optional>
#include <string>
#include <string_view>

#include "edge/mail/form.hpp"
#include "flow/delivery/outbox.hpp"
#include "voice/mails.hpp"

namespace candour::telling {

/// Words that stand for a reader's names while a form is written. Nobody can know them beforehand.
struct NameMarks {
    NameMarks();
    std::string contact, account;
};

/// The facts with marks in place of the reader's names, wherever a plugin or the organisation put them: what
/// is left is what everybody gets. nullopt: these names cannot be put into a finished letter without changing
/// how it reads.
std::optional<voice::PluginMailFacts> without_names(const voice::PluginMailFacts& facts,
                                                    const flow::DueMessage& reader, const NameMarks& marks);

/// The forms used last.
class WaveForms {
 public:
    const mail::Form* find(const flow::DueMessage& message, const voice::PluginMailFacts& common);
    const mail::Form& keep(const flow::DueMessage& message, voice::PluginMailFacts common, mail::Form form);

 private:
    struct Kept {
        std::string campaign;
        std::string plugin;
        voice::PluginMailFacts common;  ///< without the links, which are the reader's
        mail::Form form;
    };
    std::list<Kept> kept_;  ///< the one used last in front
};

}  // namespace candour::telling
