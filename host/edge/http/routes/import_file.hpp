/// What all imports have in common: what is wished for beside the file, and the report.
#pragma once
#include <boost/json/object.hpp>

#include <initializer_list>
#include <string_view>
#include <vector>

#include "edge/http/message.hpp"
#include "flow/relationship/relationships.hpp"

namespace candour::http {

/// A yes or no of the query, such as dry_run; false when absent. Errors: invalid, also when the query asks
/// for anything but `known`: a typo must not import what was meant to be tried.
Result<bool> wish_of(const Request& request, std::string_view name,
                     std::initializer_list<std::string_view> known = {"dry_run"});

/// Those of rows that could not even be read join the others, in the order of the file.
void add_problems(flow::ImportReport& report, std::vector<core::RowProblem> unread);
boost::json::object report_document(const flow::ImportReport& report);

}  // namespace candour::http
