/// A promise, as the API and exports say it.
#pragma once
#include <boost/json/object.hpp>

#include "flow/loop/commitments.hpp"

namespace candour::json {

boost::json::object commitment_document(const flow::CommitmentView& commitment);

}  // namespace candour::json
