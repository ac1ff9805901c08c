/// When a page, a question or a word of thanks is shown.
///
///     condition := {"all": [condition, …]} | {"any": [condition, …]} | {"not": condition}
///                | {"question", "row"?, "answered"?, "at_least"?, "at_most"?, "is"?}
///
/// Everything that is named has to hold. A number is compared where there is one: who gave none is neither
/// above nor below.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace candour::surveys {

class Answers;

struct Condition {
    std::vector<Condition> all, any, none;  ///< none: what `not` names
    std::string question, row;
    std::optional<bool> answered;
    std::optional<int> at_least, at_most;
    std::vector<std::string> is;
};

bool holds(const Condition& condition, const Answers& answers);

}  // namespace candour::surveys
