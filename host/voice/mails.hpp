/// Every mail the host writes to a customer: subject, text and HTML. Links lead to the loop page, where a
/// button has to be pressed: no link in a mail changes anything, because machines follow links too.
#pragma once
#include <string>
#include <vector>

#include "voice/facts.hpp"

namespace candour::voice {

/// At raise: we have your words, and here is where you will see what becomes of them.
Mail acknowledgement_mail(const LoopFacts& facts);
/// After hear: what we heard, so that the customer can correct us.
Mail heard_mail(const LoopFacts& facts);
/// At tell: all three statements, and the question whether it is resolved.
Mail closing_mail(const LoopFacts& facts);

struct Block {
    enum class Kind {
        text,
        quote,
        button,
        answer,  ///< a button to the page on which the reader answers
        scale
    };
    Kind kind = Kind::text;
    std::string text;
    std::string link;       ///< button only; http or https, anything else leaves a line of text
    int from = 0, to = 10;  ///< scale only
    std::string lowest{};   ///< scale only: what its ends mean
    std::string highest{};
    bool operator==(const Block&) const = default;
};

struct PluginMailFacts {
    std::string organisation;
    std::string language = "en";
    std::string subject;
    std::string heading;  ///< or empty: the subject
    std::vector<Block> blocks;
    std::string address_line;
    std::string privacy_url;
    std::string unsubscribe_url;  ///< a page that asks before it acts; or empty
    /// Where an answer leads, and the numbers of a scale, each with ?a=N; empty: both are left out.
    std::string answer_url;
    Livery livery{};
    bool operator==(const PluginMailFacts&) const = default;
};
/// The words of a plugin in the host's layout.
Mail plugin_mail(const PluginMailFacts& facts);

}  // namespace candour::voice
