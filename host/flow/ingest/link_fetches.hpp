/// What was done with the links that customers hold, as raw signals: who fetched them, how, and which score
/// was asked for. They decide nothing by themselves and are gone after a month.
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct LinkFetch {
    MessageId message;
    core::Instant at;
    std::string method;         ///< GET, HEAD, POST
    int score = -1;             ///< the one that the address or the form names; -1: none
    bool trap = false;          ///< the link that nobody sees
    std::string agent;          ///< digest of the User-Agent: equal or not is all that counts
    std::string scanner;        ///< a scanner known by its name, or empty
    bool has_language = false;  ///< browsers of people say which language they read
};

inline constexpr std::chrono::days kFetchesKept{30};

class LinkFetches {
 public:
    virtual ~LinkFetches() = default;
    virtual Task<Done> append(LinkFetch fetch) = 0;
    /// Of one link, within both instants.
    virtual Task<Result<std::vector<LinkFetch>>> between(MessageId message, core::Instant from,
                                                         core::Instant to) = 0;
    virtual Task<Done> forget_before(core::Instant instant) = 0;
};

}  // namespace candour::flow
