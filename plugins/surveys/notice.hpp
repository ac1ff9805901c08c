/// Pages that say one thing: thanks, and that there is nothing to answer here.
#pragma once
#include <string>
#include <string_view>

#include "candour/host.hpp"
#include "survey.hpp"
#include "visit.hpp"

namespace candour::surveys {

/// In the catalogue language closest to `language` (404).
sdk::Response missing_page(std::string_view language);
/// The open link takes no more answers, at all (410) or for a while (429).
sdk::Response closed_page(std::string_view language);
sdk::Response busy_page(std::string_view language);

/// The page after a good answer. It is the same for everybody but for one link, so that it is rendered once.
/// Only who can be told is promised to be told; who tried the survey is told that it was a test.
class ThanksPage {
 public:
    /// `own`: the survey's words, or empty for the catalogue's.
    ThanksPage(const Survey& survey, std::string_view language, std::string_view organisation,
               const Spoken& own);
    sdk::Response page(const Visit& visit) const;

 private:
    std::string language_, anonymous_, personal_, tried_, before_link_, after_link_;
};

}  // namespace candour::surveys
