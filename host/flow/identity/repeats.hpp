/// Requests that may come twice because their first answer was lost on the way: what was answered is kept by
/// the key that the sender chose.
#pragma once
#include <optional>
#include <string>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// So long the first answer is given again.
inline constexpr std::chrono::hours kRepeatKept{48};
/// Whoever works on a request for longer has died; then the next one works on it.
inline constexpr std::chrono::minutes kRepeatAbandoned{2};

struct RepeatKey {
    TokenId token;
    std::string key;
    std::string digest;  ///< of everything that was asked for
};

struct KeptAnswer {
    unsigned status = 0;
    std::string content_type;
    std::string headers;  ///< `Name: value` lines
    std::string body;
};

class Repeats {
 public:
    virtual ~Repeats() = default;
    /// Nothing: it is the first, go on. Else the first answer.
    /// Errors: invalid when the key came with another request, conflict while the first is still being worked
    /// on.
    virtual Task<Result<std::optional<KeptAnswer>>> begin(RepeatKey key, core::Instant now) = 0;
    virtual Task<Done> keep(RepeatKey key, KeptAnswer answer, core::Instant now) = 0;
    /// It did not come to an answer that lasts: the next one tries again.
    virtual Task<Done> forget(RepeatKey key) = 0;
};

}  // namespace candour::flow
