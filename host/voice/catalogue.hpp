/// The sentences of the host in each language it speaks. A sentence is whole: it has placeholders, never
/// neighbours.
#pragma once
#include <chrono>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candour::voice {

class Catalogue {
 public:
    using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// `json` is one flat object of texts.
    Catalogue(std::string language, std::string_view json);

    const std::string& language() const { return language_; }
    const std::map<std::string, std::string, std::less<>>& sentences() const { return sentences_; }

    /// The sentence as it stands. An unknown key is our own mistake and yields the key; a test reads every
    /// template.
    std::string_view operator[](std::string_view key) const;
    /// The sentence with `{name}` filled in, in one pass: braces in a value stay what they are.
    std::string say(std::string_view key, Values values) const;
    /// "2 November", "2. November", "2 novembre", "2 de noviembre".
    std::string date(std::chrono::year_month_day on) const;

 private:
    std::string language_;
    std::map<std::string, std::string, std::less<>> sentences_;
};

/// The catalogue for a BCP 47 tag: "de-AT" is German; a language we do not speak is English.
const Catalogue& catalogue(std::string_view language);
/// All of them, English first.
const std::vector<Catalogue>& catalogues();

}  // namespace candour::voice
