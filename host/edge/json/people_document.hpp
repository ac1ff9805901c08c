/// Whom we know, as the API and exports say it.
#pragma once
#include <boost/json/object.hpp>

#include "flow/relationship/directory.hpp"

namespace candour::json {

boost::json::object account_document(const core::Account& account);
boost::json::object person_document(const flow::PersonView& person);

}  // namespace candour::json
