/// The words of a decision and of a change, as options: for one item, and for all items of a theme.
#pragma once
#include <boost/json/object.hpp>

#include <string>

#include "app/cli/frame.hpp"

namespace candour::app::cli {

struct DecisionWords {
    std::string text, why, trade_off, decided_by, by;
    bool change = false, no_change = false, our_failure = false;
};
void add_decision_options(CLI::App& command, DecisionWords& words);
/// Errors: invalid, for what the command line itself can see.
Result<boost::json::object> body_of(const DecisionWords& words);

struct ChangeWords {
    std::string text, link, went_wrong, learned, prevention;
};
void add_change_options(CLI::App& command, ChangeWords& words);
boost::json::object body_of(const ChangeWords& words);

}  // namespace candour::app::cli
