/// What is written down of a deed behind it, from the request and from what came of it.
#pragma once
#include <optional>

#include "edge/http/message.hpp"
#include "flow/identity/audit.hpp"
#include "flow/identity/scope.hpp"

namespace candour::http {

/// None: the deed leaves its record elsewhere (deed_rules.hpp), or nothing is done. `after` is what
/// administrators asked for, without anything that could be a secret; of what others ask for, which is full
/// of people, nothing.
std::optional<flow::AuditEntry> audit_entry(const Request& request, flow::Scope scope,
                                            const flow::Caller& caller);

}  // namespace candour::http
