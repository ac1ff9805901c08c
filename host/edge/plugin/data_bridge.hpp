/// candour.data/1: the query that a plugin writes, and the page that it reads.
#pragma once
#include <boost/json/array.hpp>
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "flow/metrics/views.hpp"

namespace candour::plugin {

/// Errors: invalid, naming the field.
Result<flow::ViewQuery> read_view_query(std::string_view json);
std::string view_page_json(const flow::ViewPage& page);
boost::json::array view_rows(const flow::ViewPage& page);

}  // namespace candour::plugin
