/// What the registry needs from the rest of the host; everything here is used on the io thread only.
#pragma once
#include <boost/asio/io_context.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "edge/plugin/isolation.hpp"
#include "flow/clock.hpp"
#include "flow/delivery/plugin_mail.hpp"
#include "flow/ingest/observations.hpp"
#include "flow/metrics/views.hpp"
#include "flow/plugin_state/egress.hpp"
#include "flow/plugin_state/plugin_state.hpp"

namespace candour::plugin {

/// A line for the operator, from a plugin or about one.
struct LogLine {
    enum class Level { debug, info, warning, error };
    std::string plugin;
    Level level = Level::info;
    std::string message;
    std::string fields_json;  ///< a JSON object, or empty
};

struct HostServices {
    boost::asio::io_context& io;
    flow::Clock& clock;
    flow::PluginState& state;
    flow::Observations& observations;
    flow::PluginMail& mail;
    std::function<std::string(std::string_view plugin)> config_of;  ///< a JSON object
    std::function<void(const LogLine&)> log;
    flow::Views* views = nullptr;    ///< without one, candour.data/1 is not there
    flow::Egress* egress = nullptr;  ///< without one, every fetch is unsupported
    /// What stands behind "secret:NAME" in a configuration. Errors: not_found.
    std::function<Result<std::string>(std::string_view name)> secret_of{};
    Isolation isolation{};
};

}  // namespace candour::plugin
