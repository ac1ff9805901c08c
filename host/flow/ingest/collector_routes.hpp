/// Which plugin serves which path, and how the plugins are.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::flow {

struct CollectorRoute {
    std::string route;                          ///< id in the plugin's manifest
    std::map<std::string, std::string> params;  ///< from the path
    std::size_t max_body = 0;
};

struct PluginStanding {
    std::string id;
    std::string version;
    std::string name;
    std::string state;
    std::string reason;
    std::vector<std::string> roles;
    std::vector<std::string> grants;
    std::string isolation;  ///< in_process, worker, sandbox, "sandbox without landlock", none
};

class CollectorRoutes {
 public:
    virtual ~CollectorRoutes() = default;
    /// `path` is what follows /c/<plugin>. Errors: not_found; unsupported when the path exists and the method
    /// does not.
    virtual Result<CollectorRoute> route(std::string_view plugin, std::string_view method,
                                         std::string_view path) const = 0;
    /// The route behind /s/<token>. Errors: not_found.
    virtual Result<CollectorRoute> personal_route(std::string_view plugin) const = 0;
    virtual std::vector<PluginStanding> plugins() const = 0;
};

}  // namespace candour::flow
