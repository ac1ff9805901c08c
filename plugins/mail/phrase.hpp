/// Phrases of phrases/*.txt. A phrase is lower case; ".." in it stands for up to 80 characters of anything.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace candour::mail {

class Phrase final {
 public:
    explicit Phrase(std::string_view pattern);
    /// `text` is lower case and squeezed.
    bool occurs_in(std::string_view text) const;

 private:
    std::vector<std::string> pieces_;
};

/// `[heading]` and the phrases below it. Lines that begin with # are comments.
struct Section {
    std::string heading;
    std::vector<Phrase> phrases;
    bool matches(std::string_view text) const;
};

std::vector<Section> sections_of(std::string_view file);
/// An empty one when there is none of this heading.
const Section& section_in(const std::vector<Section>& sections, std::string_view heading);

}  // namespace candour::mail
