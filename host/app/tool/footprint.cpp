#include "app/tool/footprint.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace candour::app::tool {

std::size_t resident_kib() {
    std::ifstream stream("/proc/self/statm");
    std::size_t all = 0, resident = 0;
    stream >> all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / 1024;
}

std::size_t count_in(const char* folder) {
    std::size_t count = 0;
    std::error_code ec;
    std::filesystem::directory_iterator entry(folder, ec);
    for (const std::filesystem::directory_iterator end; !ec && entry != end; entry.increment(ec)) ++count;
    return count;
}

}  // namespace candour::app::tool
