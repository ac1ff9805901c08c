#include "condition.hpp"

#include <algorithm>

#include "answers.hpp"

namespace candour::surveys {

namespace {

std::optional<int> number_of(const Condition& condition, const Answer& answer) {
    if (condition.row.empty()) return answer.number;
    const auto row = answer.rows.find(condition.row);
    return row == answer.rows.end() ? std::nullopt : std::optional<int>(row->second);
}

bool one_is_chosen(const Condition& condition, const Answer& answer) {
    const auto chosen = [&answer](const std::string& option) {
        return std::ranges::find(answer.chosen, option) != answer.chosen.end();
    };
    return (answer.yes && std::ranges::find(condition.is, "yes") != condition.is.end()) ||
           std::ranges::any_of(condition.is, chosen);
}

bool leaf_holds(const Condition& condition, const Answer& answer) {
    const std::optional<int> number = number_of(condition, answer);
    const bool given = condition.row.empty() ? answer.given() : number.has_value();
    if (condition.answered && *condition.answered != given) return false;
    if (condition.at_least && (!number || *number < *condition.at_least)) return false;
    if (condition.at_most && (!number || *number > *condition.at_most)) return false;
    return condition.is.empty() || one_is_chosen(condition, answer);
}

}  // namespace

bool holds(const Condition& condition, const Answers& answers) {
    const auto held = [&answers](const Condition& part) { return holds(part, answers); };
    if (!std::ranges::all_of(condition.all, held) || std::ranges::any_of(condition.none, held)) return false;
    if (!condition.any.empty() && std::ranges::none_of(condition.any, held)) return false;
    return condition.question.empty() || leaf_holds(condition, answers.of(condition.question));
}

}  // namespace candour::surveys
