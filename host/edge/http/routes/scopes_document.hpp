/// `["read","write"]`: scopes as answers show them.
#pragma once
#include <boost/json/array.hpp>

#include "flow/identity/scope.hpp"

namespace candour::http {

boost::json::array scopes_document(flow::Scopes scopes);

}  // namespace candour::http
