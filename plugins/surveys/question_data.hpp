/// One question as the template needs it.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "answers.hpp"
#include "markup.hpp"
#include "survey.hpp"

namespace candour::surveys {

/// How a page speaks to its reader.
struct Speech {
    const Survey& survey;
    std::string_view language;
    bool personal;
    std::function<std::string(std::string_view)> variable;

    /// With its variables filled in.
    Spoken say(const Text& text) const;
    /// The mark of the catalogue's words, whose language may be another one than the survey's.
    std::string furniture_mark() const;
};

/// `first`: its words are the page's heading.
Data question_data(const Speech& speech, const Question& question, const Answer& answer, const Flaw* flaw,
                   bool first);
/// What is wrong, in a sentence.
std::string problem_of(std::string_view language, const Flaw& flaw);
/// The element that a link from the summary leads to.
std::string target_of(const Survey& survey, const Flaw& flaw);

}  // namespace candour::surveys
