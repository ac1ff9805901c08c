/// What a customer sent, word for word, so that an error page loses nothing; and what of it is wrong.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "survey.hpp"
#include "visit.hpp"

namespace candour::surveys {

/// The customer's words of one answer, in characters; what the host takes for a verbatim.
inline constexpr std::size_t kMaxWords = 8'000;
/// A short text that says nothing else about its length.
inline constexpr std::size_t kMaxShortText = 300;

struct Answer {
    std::optional<int> number;
    std::vector<std::string> chosen;
    std::map<std::string, int, std::less<>> rows;  ///< of a matrix
    std::string text;
    std::string written;  ///< of a choice: what the option to write in says
    bool yes = false;
    bool wrong = false;  ///< something was sent that this question does not offer

    bool given() const {
        return number.has_value() || !chosen.empty() || !rows.empty() || !text.empty() || yes;
    }
};

class Answers {
 public:
    const Answer& of(std::string_view question) const;
    void put(const std::string& question, Answer answer) { all_[question] = std::move(answer); }
    void drop(const std::string& question) { all_.erase(question); }
    /// Whether anything was answered at all.
    bool any_given() const;

 private:
    std::map<std::string, Answer, std::less<>> all_;
};

/// "0" to "10" exactly as the question has them; no signs, blanks, zeros in front or fractions.
std::optional<int> read_number(std::string_view text, int lowest, int highest);

Answers read_form(const Survey& survey, const Visit& visit);
/// A page view: the score of the link is chosen when it is one.
Answers read_query(const Survey& survey, const Visit& visit);
/// The fields that say this answer again; what was wrong is not among them.
std::vector<std::pair<std::string, std::string>> fields_of(const Survey& survey, const Question& question,
                                                           const Answer& answer);

/// What is shown to this customer, given what they said before: the questions of each page, and none of a
/// page that is passed over. Answers to what is not shown are dropped.
using Shown = std::vector<std::vector<const Question*>>;
Shown shown_to(const Survey& survey, Answers& answers, bool personal);

enum class Fault : std::uint8_t { missing, wrong, too_long, too_many, too_few };

struct Flaw {
    const Question* question;
    Fault fault;
    std::string_view row = {};  ///< of a matrix: the first one without an answer
    std::size_t found = 0, most = 0;
};
/// In the order of the questions.
std::vector<Flaw> flaws_of(const Survey& survey, const std::vector<const Question*>& questions,
                           const Answers& answers);

/// How many characters a text may have by itself.
std::size_t longest(const Question& question);
std::size_t characters(std::string_view text);

}  // namespace candour::surveys
