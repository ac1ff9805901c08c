/// `candour plugin run --replay`: a folder of requests through a plugin, and what came of each.
#pragma once
#include <functional>

#include "app/tool/place.hpp"

namespace candour::app::tool {

struct Replayed {
    std::string file;
    Answer answer;
};

/// What the plugin left with its host.
struct Effect {
    std::string kind;  ///< fact, document, timer, mail, fetch, log
    std::string name;
    std::string content;
};

/// Each file below `folder`, by name: *.eml is a mail, *.json one call,
///     {"call": "view" | "submit", "route": "…", "request": {…}, "body": "…"}
///     {"call": "event", "kind": "…", "payload": {…}}      {"call": "deliver", "message": {…}}
///     {"call": "compose", "kind": "…", "language": "…"}   {"call": "evaluate", "signal": "…", "snapshot":
///     {…}}
/// Errors: not_found (no such folder, nothing in it), invalid (a file that is no call).
Result<std::vector<Replayed>> replay(Place& place, const std::filesystem::path& folder);
std::vector<Effect> effects_of(const sdk::testing::FakeHost& host);

}  // namespace candour::app::tool
