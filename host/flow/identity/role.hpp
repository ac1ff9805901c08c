/// What one of us may do in the console: four roles, each a set of the scopes that tokens have.
#pragma once
#include "flow/identity/scope.hpp"

namespace candour::flow {

enum class Role : std::uint8_t {
    viewer,   ///< looks
    member,   ///< works on items; nothing of it leaves the house
    manager,  ///< also answers customers and asks them
    admin     ///< also decides who may what, and how the house is run
};
inline constexpr core::NameTable<Role, 4> kRoles{
    {{Role::viewer, "viewer"}, {Role::member, "member"}, {Role::manager, "manager"}, {Role::admin, "admin"}}};

inline Scopes scopes_of(Role role) {
    Scopes scopes{Scope::read};
    if (role >= Role::member) scopes.add(Scope::write);
    if (role >= Role::manager) scopes.add(Scope::send);
    if (role >= Role::admin) scopes.add(Scope::admin);
    return scopes;
}

/// Nobody who does sees a part of it only.
inline bool answers_for_the_house(Role role) {
    return role >= Role::manager;
}

/// Errors: invalid, naming the four.
inline Result<Role> read_role(std::string_view text) {
    if (const auto role = core::value_of(kRoles, text)) return *role;
    return Error{ErrorCode::invalid,
                 "role: expected viewer, member, manager or admin, found \"" + std::string(text) + "\""};
}

}  // namespace candour::flow
