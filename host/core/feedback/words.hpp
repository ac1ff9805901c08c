/// Words as people look for them: without case and accents, so that "resume" finds "Résumé" and "UBER" finds
/// "über". The same words go into the search index of both databases and into the topics of rules.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace candour::core {

/// Letters and digits in a row, folded. Han and Kana characters stand alone, because nothing separates their
/// words. A word is cut after 64 bytes: what is longer is an address or a key, and its beginning finds it.
std::vector<std::string> words_of(std::string_view text);

/// The same, joined by spaces.
std::string folded(std::string_view text);

/// Whether one of the words is `wanted`, or begins with it when it ends in `*`. `wanted` is folded already.
bool mentions(const std::vector<std::string>& words, std::string_view wanted);

}  // namespace candour::core
