/// The demo portfolio: twelve invented customers, what they said over two years, and an item in every state.
/// It comes in through the API and the customers' own pages alone, so that what it shows is what the product
/// does.
#pragma once
#include "app/cli/reach.hpp"

namespace candour::app::demo {

/// Every part of it looks first, so that a second run, or one after a failure half-way, does only what is
/// missing.
Done load(const cli::Api& api, const cli::Shared& shared);
/// Says what `load` would do, and does nothing.
Done preview(const cli::Api& api);

}  // namespace candour::app::demo
