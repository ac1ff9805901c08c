/// The words of the page itself, in each language we speak. Sentences are whole keys: nothing is glued
/// together.
#pragma once
#include <string>
#include <string_view>
#include <utility>

namespace candour::surveys {

/// The text behind a key; `language` is one of the catalogues', anything else is English. A key that no
/// catalogue has is a mistake of ours and throws.
const std::string& words(std::string_view language, std::string_view key);

/// The same with its one `{name}` filled in; the page escapes the whole.
std::string words(std::string_view language, std::string_view key, std::string_view name,
                  std::string_view value);

}  // namespace candour::surveys
