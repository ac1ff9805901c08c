/// GMime's objects as this folder holds them.
#pragma once
#include <gmime/gmime.h>

#include <memory>
#include <string>
#include <string_view>

namespace candour::mail {

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref<T>>;

/// Before anything else is asked of the library.
void start_gmime();
/// How everything is written: with CR LF.
GMimeFormatOptions* wire_format();
/// Line feeds alone, the last one included; the writer makes CR LF of each, and no bare CR can reach a
/// server.
std::string unix_lines(std::string_view text);

}  // namespace candour::mail
