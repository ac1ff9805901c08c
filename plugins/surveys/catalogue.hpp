/// The words of the page itself, in each language we speak. Sentences are whole keys: nothing is glued
/// together.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candour::surveys {

/// The catalogue for readers of `language`: "de-AT" reads "de"; whose language we do not speak reads English.
std::string_view catalogue_language(std::string_view language);

/// The text behind a key. A key that no catalogue has is a mistake of ours and throws.
const std::string& words(std::string_view language, std::string_view key);

/// The same with its `{name}`s filled in; the page escapes the whole.
std::string words(std::string_view language, std::string_view key,
                  const std::vector<std::pair<std::string_view, std::string>>& values);

}  // namespace candour::surveys
