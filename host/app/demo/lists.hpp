/// Whole lists of the API, page after page.
#pragma once
#include <boost/json/array.hpp>

#include <string>

#include "app/cli/reach.hpp"

namespace candour::app::demo {

/// `name` is the list's own in the document: `items` of /api/v1/items.
Result<boost::json::array> whole_list(const cli::Api& api, const std::string& name);

}  // namespace candour::app::demo
