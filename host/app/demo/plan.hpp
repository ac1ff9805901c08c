/// items.json: what comes in now, by which door, and what becomes of it, step by step.
#pragma once
#include <boost/json.hpp>

#include <set>
#include <string>
#include <vector>

#include "app/demo/history.hpp"

namespace candour::app::demo {

/// One item to be: `answer` is its entry in items.json.
struct PlannedItem {
    std::string contact;  ///< address; everybody has one item at most
    int wave = 0;         ///< raised from this wave's answer; 0: from a survey page
    boost::json::value answer;
    const boost::json::array& steps() const;
};

std::vector<PlannedItem> planned_items();
/// The answers of the waves that become items.
std::set<Voice> voices_of(const std::vector<PlannedItem>& items);

/// Whether an event of the ledger is what the step leaves there.
bool leaves(const boost::json::value& step, std::string_view event);
/// How many of the steps, from the first on, the ledger shows.
std::size_t steps_taken(const boost::json::array& history, const boost::json::array& steps);
/// In which round the item is when so many steps were taken and nobody else moved it.
std::int64_t round_after(const boost::json::array& steps, std::size_t taken);

bool is_press(const boost::json::value& step);
bool is_bounce(const boost::json::value& step);

}  // namespace candour::app::demo
