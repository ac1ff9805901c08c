/// The pages: HTML that needs no script, with one <style> element and no style attribute, so that the host
/// can allow exactly that style. Every text goes in escaped; the host's form fields and our style are the two
/// exceptions.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "answer.hpp"
#include "candour/host.hpp"
#include "survey.hpp"
#include "visit.hpp"

namespace candour::surveys {

/// `failed`: the entry is not complete, say what is missing (422).
sdk::Response survey_page(const Survey& survey, const Visit& visit, const Entry& entry, bool failed);

/// In the catalogue language closest to `language` (404).
sdk::Response missing_page(std::string_view language);

/// The page after a good answer. It is the same for everybody but for one link, so that it is rendered once.
/// Only who can be told is promised to be told.
class ThanksPage {
 public:
    ThanksPage(const Survey& survey, std::string_view language);
    sdk::Response page(const Visit& visit) const;

 private:
    std::string language_, anonymous_, personal_, before_link_, after_link_;
};

}  // namespace candour::surveys
