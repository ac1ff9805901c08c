/// What the demo's customers said over two years, as a file that `candour import answers` takes.
///
///     waves.csv   one row per contact, one column per quarter, oldest first; a cell is `score` or
///     `score/stance` words.csv   why, where somebody said why
#pragma once
#include <set>
#include <string>

#include "app/demo/days.hpp"

namespace candour::app::demo {

/// One answer: whose, and in which wave; 1 is the latest.
struct Voice {
    std::string contact;
    int wave = 0;
    friend auto operator<=>(const Voice&, const Voice&) = default;
};

/// All answers but those of `others`, or these alone.
enum class Part { all_but, only };
Result<std::string> answers_file(const Days& days, const std::set<Voice>& others, Part part);

}  // namespace candour::app::demo
