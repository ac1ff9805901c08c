/// API tokens: shown once, kept as a digest.
#pragma once
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// Who calls: what the ledger names as the actor.
struct Caller {
    TokenId token;
    TeammateId teammate;   ///< empty: a program
    std::string name;

    /// Teammate's id, else the token's.
    std::string actor() const { return teammate.empty() ? token.text() : teammate.text(); }
};

class Tokens {
 public:
    virtual ~Tokens() = default;
    /// `digest` is SHA-256 of the secret, hexadecimal.
    virtual Task<Done> create(TokenId id, std::string name, TeammateId teammate, std::string digest, core::Instant now) = 0;
    /// Errors: not_found when nobody has it or it was revoked.
    virtual Task<Result<Caller>> find(std::string digest) = 0;
};

}  // namespace candour::flow
