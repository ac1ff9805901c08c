#include "flow/identity/scope.hpp"

#include <algorithm>

namespace candour::flow {

Result<Scopes> Scopes::parse(std::string_view text) {
    Scopes scopes;
    for (bool more = true; more;) {
        const std::size_t end = std::min(text.find(','), text.size());
        const std::string_view name = text.substr(0, end);
        more = end < text.size();
        text.remove_prefix(more ? end + 1 : end);
        const auto scope = core::value_of(kScopes, name);
        if (!scope)
            return Error{ErrorCode::invalid,
                         "scope: expected some of read, write, send, admin, found " +
                             (name.empty() ? "nothing" : "\"" + std::string(name) + "\"")};
        scopes.add(*scope);
    }
    return scopes;
}

bool Scopes::cover(Scopes others) const {
    return std::all_of(kScopes.begin(), kScopes.end(),
                       [&](const auto& row) { return allow(row.first) || !others.allow(row.first); });
}

std::string Scopes::text() const {
    std::string all;
    for (const auto& [scope, name] : kScopes)
        if ((bits_ & bit(scope)) != 0) all += (all.empty() ? "" : ",") + std::string(name);
    return all;
}

}  // namespace candour::flow
