/// `candour plugin bench`: how long things take where the plugin's code runs.
#pragma once
#include <optional>

#include "app/tool/place.hpp"

namespace candour::app::tool {

struct Speed {
    std::string mode;
    double start_ms = 0;                       ///< from nothing to serving
    double event_us = 0;                       ///< an event without work, median
    std::optional<double> rows_per_second;     ///< of the first metric that measures contacts
    std::optional<double> answers_per_second;  ///< of the first route that takes answers
    std::string trouble;                       ///< why there is nothing to measure
};

Speed measure(const Subject& subject, plugin::Mode mode, std::size_t rows);

}  // namespace candour::app::tool
