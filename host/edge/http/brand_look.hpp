/// A colour of customers' pages as those see it who choose it: with the text on it, and how well that can be
/// read.
#pragma once
#include <boost/json.hpp>

#include "flow/brand/brand.hpp"

namespace candour::http {

/// {"colour", "text_colour", "contrast"}; all three null where there is no colour.
boost::json::object brand_look(const flow::Brand& brand);

}  // namespace candour::http
