/// The words of mail and pages in each language that we speak. Sentences are whole keys: nothing is glued
/// together.
#pragma once
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace candour::relationship_nps {

using Sentences = std::map<std::string, std::string, std::less<>>;
using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// The nearest that we speak: "de-AT" is "de", what we do not speak is "en".
std::string_view spoken(std::string_view language);

/// One flat object of texts per file.
Sentences read_sentences(std::string_view json);

/// `language` is one of ours. A key that no catalogue has is a mistake of ours and throws.
const std::string& words(std::string_view language, std::string_view key);
/// The same with every `{name}` filled in, in one pass: braces in a value stay what they are.
std::string words(std::string_view language, std::string_view key, Values values);

}  // namespace candour::relationship_nps
