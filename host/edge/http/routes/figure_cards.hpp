/// The portfolio's figures in words, for the plain page: never a number without what stands behind it.
#pragma once
#include <string>
#include <vector>

#include "flow/metrics/figures.hpp"

namespace candour::http {

struct FigureCard {
    std::string name;
    std::string value;   ///< "+38", "42 %", or "not yet"
    std::string range;   ///< "95 %: +31 to +45"; empty without an interval
    std::string behind;  ///< "from 84 answers, as of 2026-03-31", or why there is no figure
};

flow::Task<std::vector<FigureCard>> figure_cards(flow::Figures& figures);

/// A share as a percentage, points with their sign; whole numbers, half away from zero.
std::string figure_text(double value, const std::string& unit);

}  // namespace candour::http
