/// Mustache templates of the host, compiled once per language.
///
///     {{x}}       a value, escaped in HTML and left alone in plain text
///     {{{x}}}     HTML of the host's own, verbatim
///     {{t.key}}   a sentence of the catalogue, put in when the template is compiled
///     {{> part}}  another template of the same kind, put in when the template is compiled
#pragma once
#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

#include "voice/catalogue.hpp"

namespace candour::voice {

using Data = kainjow::mustache::data;
using List = kainjow::mustache::list;

enum class Medium { html, text };

/// `name` is that of an embedded template, such as "loop_page".
std::string render(Medium medium, std::string_view name, const Catalogue& words, Data data);

/// The template with its sentences and parts put in, as the compiler sees it. Tests look for what was left
/// over.
std::string expanded(Medium medium, std::string_view name, const Catalogue& words);

/// Every template there is.
std::vector<std::pair<Medium, std::string_view>> templates();

}  // namespace candour::voice
