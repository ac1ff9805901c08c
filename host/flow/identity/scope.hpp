/// What a token may do. Each scope is one kind of consequence, so that a dashboard cannot write and a script
/// that files items cannot mail customers.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "core/names.hpp"

namespace candour::flow {

enum class Scope : std::uint8_t {
    read,   ///< look at everything
    write,  ///< move items, import, change what the host keeps
    send,   ///< let something leave the house towards a customer
    admin   ///< tokens, rules, people of the team, erasure
};
inline constexpr core::NameTable<Scope, 4> kScopes{
    {{Scope::read, "read"}, {Scope::write, "write"}, {Scope::send, "send"}, {Scope::admin, "admin"}}};

class Scopes {
 public:
    Scopes() = default;
    Scopes(std::initializer_list<Scope> scopes) {
        for (const Scope scope : scopes) add(scope);
    }
    static Scopes all() { return {Scope::read, Scope::write, Scope::send, Scope::admin}; }
    /// `read,write`. Errors: invalid, naming the four; an empty text is none of them.
    static Result<Scopes> parse(std::string_view text);

    void add(Scope scope) { bits_ |= bit(scope); }
    /// Whoever may do anything may look; an admin may do everything.
    bool allow(Scope scope) const {
        return (bits_ & bit(scope)) != 0 || (bits_ & bit(Scope::admin)) != 0 ||
               (scope == Scope::read && bits_ != 0);
    }
    /// Whether these allow whatever `others` allow: nobody gives away more than they have.
    bool cover(Scopes others) const;
    bool empty() const { return bits_ == 0; }
    std::string text() const;
    friend bool operator==(Scopes, Scopes) = default;

 private:
    static constexpr unsigned bit(Scope scope) { return 1U << static_cast<unsigned>(scope); }
    unsigned bits_ = 0;
};

}  // namespace candour::flow
