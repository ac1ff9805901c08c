/// Instants inside documents.
#pragma once
#include <boost/json/value.hpp>

#include "edge/json/time_text.hpp"

namespace candour::json {

/// What has not happened is null, and never a date of long ago.
inline boost::json::value time_or_null(core::Instant at) {
    return core::happened(at) ? boost::json::value(to_rfc3339(at)) : boost::json::value(nullptr);
}

}  // namespace candour::json
