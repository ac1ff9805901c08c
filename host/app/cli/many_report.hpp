/// What came of a command for many items, for a person.
#pragma once
#include <boost/json/value.hpp>

#include <string>

#include "app/cli/frame.hpp"

namespace candour::app::cli {

/// "decided for 12 items", what was left out, and why. kFailed when nothing was done.
int print_many(const boost::json::value& report, const std::string& what);

}  // namespace candour::app::cli
