/// How we write: sizes, names, coroutines, waiting.
#pragma once
#include "layering/source.hpp"

namespace candour::layering {

/// A file over 400 lines, a function over 60.
Violations too_long(const std::vector<Source>& sources);
/// A file or folder called utils, helpers, common, misc, manager: a name that says nothing collects
/// everything.
Violations empty_names(const std::vector<Source>& sources);
/// What g++ 12 frees twice inside a co_await expression, and more than one co_await in a statement.
Violations risky_coroutines(const std::vector<Source>& sources);
/// Sleeping, unless the same line says `// allowed: why`.
Violations sleeps(const std::vector<Source>& sources);

}  // namespace candour::layering
