/// An answer of no known length, perhaps without an end: the connection takes one piece after the other and
/// writes it, as fast as its reader reads.
#pragma once
#include <optional>
#include <string>

#include "flow/task.hpp"

namespace candour::http {

class BodyStream {
 public:
    virtual ~BodyStream() = default;
    /// Waits for the next piece; nothing: that was all. Never throws.
    virtual flow::Task<std::optional<std::string>> next() = 0;
    /// The house closes: `next` returns soon, and nothing from then on.
    virtual void end() = 0;
    /// Asked when `next` brought nothing: what was said is not all, and its reader has to notice.
    virtual bool cut_off() const { return false; }
};

}  // namespace candour::http
