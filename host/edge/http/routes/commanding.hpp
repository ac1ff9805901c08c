/// What the commands on items and on themes have in common.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "edge/http/message.hpp"
#include "flow/identity/scope.hpp"

namespace candour::http {

/// A message to a customer needs more than a change of ours.
inline std::optional<flow::Scope> scope_of_command(std::string_view command) {
    return command == "tell" ? std::optional(flow::Scope::send) : std::nullopt;
}

/// The version that the next command has to name.
inline Response with_version(Response response, int version) {
    response.set("ETag", "\"" + std::to_string(version) + "\"");
    return response;
}

}  // namespace candour::http
