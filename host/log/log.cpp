#include "log/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>

namespace candour::log {

void set_up(const std::string& level) {
    const auto logger =
        std::make_shared<spdlog::logger>("candour", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%fZ %l %v", spdlog::pattern_time_type::utc);
    logger->set_level(spdlog::level::from_str(level) == spdlog::level::off ? spdlog::level::info
                                                                           : spdlog::level::from_str(level));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
}

}  // namespace candour::log
