#include "edge/plugin/walls.hpp"

namespace candour::plugin {

remote::Confinement walls_of(const Manifest& manifest, bool sandbox) {
    remote::Confinement walls;
    walls.sandbox = sandbox;
    walls.memory_bytes = sandbox ? manifest.limits.memory : 0;
    walls.readable = {"/usr/lib",
                      "/lib",
                      "/lib64",
                      "/etc/ld.so.cache",
                      "/usr/share/zoneinfo",
                      "/etc/localtime",
                      manifest.library.parent_path().string()};
    return walls;
}

}  // namespace candour::plugin
