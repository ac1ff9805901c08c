/// An item as the API, the command line and the console read it (schemas/http/openapi.yaml, `Item`).
#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <vector>

#include "flow/delivery/mailbook.hpp"
#include "flow/loop/item_store.hpp"
#include "flow/loop/many_items.hpp"

namespace candour::json {

boost::json::object item_document(const flow::ItemView& view);
boost::json::array proposals_document(const std::vector<flow::Proposal>& proposals);
boost::json::array history_document(const std::vector<flow::HistoryEntry>& history);
boost::json::array messages_document(const std::vector<flow::MessageRow>& messages);

}  // namespace candour::json
