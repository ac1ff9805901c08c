/// The pages: HTML that needs no script, with one <style> element and no style attribute, so that the host
/// can allow exactly that style. Every text goes in escaped; the host's form fields and our style are the two
/// exceptions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "answers.hpp"
#include "candour/host.hpp"
#include "survey.hpp"
#include "visit.hpp"

namespace candour::surveys {

/// What one page is made of. The references outlive the call.
struct View {
    const Survey& survey;
    std::uint64_t version;  ///< of the definition; it comes back with the form
    const Visit& visit;
    const Answers& answers;
    const Shown& shown;
    std::size_t page;
    std::vector<Flaw> flaws;  ///< not empty: 422, and what is wrong stands on top and beside the fields
    std::string
        thread;  ///< ties the pages of an answer on the open link together; empty before the first press
    bool preview = false;

    bool personal() const { return preview || visit.is_personal(); }
};

sdk::Response survey_page(const View& view);

/// "Questions from Halden", or one question from them.
std::string title_of(const Survey& survey, std::string_view from, std::string_view language,
                     bool failed = false);
/// How much it asks of its reader: "2 minutes".
std::string effort(const Survey& survey, std::string_view language);

/// What a variable of a text stands for on this visit.
std::string value_of(std::string_view variable, const Survey& survey, const Visit& visit,
                     const Answers& answers, std::string_view language);

/// The page before and after this one that have something to show; none: nullopt.
std::optional<std::size_t> next_page(const Shown& shown, std::size_t page);
std::optional<std::size_t> page_before(const Shown& shown, std::size_t page);

}  // namespace candour::surveys
