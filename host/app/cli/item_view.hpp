/// An item as a person wants to read it.
#pragma once
#include <boost/json/value.hpp>

#include <string>

namespace candour::app::cli {

/// By when the next step is owed, whose turn it is, and what to type for it.
std::string next_due(const boost::json::value& item);
std::string next_step(const boost::json::value& item);
/// `Ada Lovett at Brass Otter`, or what is known of it.
std::string whose(const boost::json::value& item);

void print_items(const boost::json::value& page);
/// Everything that GET /api/v1/items/{item} knows.
void print_item(const boost::json::value& item);
/// The events after `version`: what somebody else did meanwhile.
void print_history_after(const boost::json::value& item, std::int64_t version);

}  // namespace candour::app::cli
