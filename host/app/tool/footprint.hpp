/// What this process holds at the moment: a plugin that leaves something behind shows here.
#pragma once
#include <cstddef>

namespace candour::app::tool {

std::size_t resident_kib();
/// Of a folder such as /proc/self/fd or /proc/self/task; 0 when it cannot be read.
std::size_t count_in(const char* folder);

}  // namespace candour::app::tool
