/// The demo's calendar. Its files name days by their distance from the day on which the demo came into this
/// database:
/// `{-7}` is a week before it. So the demo is fresh whenever it is loaded, and a second load says the same
/// again.
#pragma once
#include <string>
#include <string_view>

#include "app/cli/reach.hpp"
#include "core/instant.hpp"

namespace candour::app::demo {

class Days {
 public:
    explicit Days(std::chrono::sys_days first) : first_(first) {}
    /// `YYYY-MM-DD`
    std::string day(std::int64_t from_first) const;
    /// The text with every `{+N}` and `{-N}` as a date.
    std::string dated(std::string_view text) const;

 private:
    std::chrono::sys_days first_;
};

/// Today, or when its accounts are here already the day that their first renewal date tells of.
Result<Days> days_of_demo(const cli::Api& api);

}  // namespace candour::app::demo
