/// The filters that every list of items has: on a page, in an export.
#pragma once
#include "edge/http/routes/listing.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::http {

inline constexpr std::string_view kItemFilters[] = {"state", "owner",  "account", "contact", "segment",
                                                    "level", "source", "theme",   "overdue", "quiet",
                                                    "owes",  "since",  "until",   "q",       "sort"};

/// Errors: invalid, naming the filter, what was expected and what was found.
Result<flow::ItemQuery> read_item_query(const ListQuery& list, core::Instant now);

}  // namespace candour::http
