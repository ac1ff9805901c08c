/// Which requests are acts of administration, and what is written down of them.
#pragma once
#include "edge/http/message.hpp"
#include "flow/identity/audit.hpp"
#include "flow/identity/scope.hpp"

namespace candour::http {

/// Everything that needs the scope `admin` and changes something, and whatever takes data along.
bool is_administrative(const Request& request, flow::Scope scope);
/// `after` is what was asked for, without anything that could be a secret.
flow::AuditEntry audit_entry(const Request& request, const flow::Caller& caller);

}  // namespace candour::http
