/// The line above a quote: "On 3 May 2021, Ann Lee <ann@example.com> wrote:", in whatever language and
/// however wrapped.
///
/// Recognised by its parts, not by sentences: a verb of writing, an instant, an address, the colon at its
/// end. phrases/attribution.txt holds the verbs and the words such a line begins with.
#pragma once
#include <span>
#include <string_view>

namespace candour::mail {

/// How many lines from the first one on are an attribution; 0: none.
std::size_t attribution_size(std::span<const std::string_view> lines);
/// Where an attribution begins inside a line whose front is the person's own text; npos: nowhere.
std::size_t attribution_inside(std::string_view line);

}  // namespace candour::mail
