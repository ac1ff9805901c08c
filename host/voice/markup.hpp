/// Small steps from facts to template values.
#pragma once
#include <string>
#include <string_view>

#include "voice/facts.hpp"
#include "voice/template.hpp"

namespace candour::voice {

/// A value that is shown when it is not empty. It is always set: an unset name would be looked up in the
/// surrounding section and show somebody else's text.
void give(Data& data, const std::string& name, std::string_view text);

/// A list of {line, more}, for media that do not keep line breaks by themselves.
Data lines(std::string_view text);

/// http and https only: a link in a page of ours never runs anything and never opens anything but a page.
bool web_link(std::string_view url);
/// `link` when it is one, else `link_text`.
void give_link(Data& data, std::string_view url);

/// One line for a subject or a heading: every run of white space and control characters becomes a space.
std::string one_line(std::string_view text);

/// "2026-11-02"
std::string iso_date(Date on);

/// `with` filled with the name when there is one, else the sentence `without`.
std::string addressed(const Catalogue& words, std::string_view with, std::string_view without,
                      std::string_view key, std::string_view name);

}  // namespace candour::voice
