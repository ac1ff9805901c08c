#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdio>

#include "app/tool/case.hpp"

namespace candour::app::tool {
namespace {

using package::LibraryFile;

/// Runs `look` over the library's file.
template <class Look>
Verdict about_file(const Subject& subject, Look look) {
    const Result<LibraryFile> library =
        package::read_library(subject.library, subject.manifest.library.filename().string());
    return library ? look(*library) : failed(library.error().message);
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

Verdict machine(const Subject& subject) {
    const Done usable = package::check_machine(subject.library, subject.manifest.library.filename().string());
    return usable ? passed(package::this_machine()) : failed(usable.error().message);
}

Verdict exports(const Subject& subject) {
    return about_file(subject, [](const LibraryFile& library) {
        if (library.exported == std::vector<std::string>{"candour_plugin_v1"}) return passed();
        return failed("expected the one symbol candour_plugin_v1, found " + joined(library.exported) +
                      "; link with the version script exports.map");
    });
}

/// What every Debian has, beyond the manifest's own list.
bool is_runtime(const std::string& name) {
    constexpr std::array known{"libc.so.",      "libm.so.",       "ld-linux",  "libgcc_s.so.",
                               "libstdc++.so.", "libpthread.so.", "libdl.so.", "librt.so."};
    return std::ranges::any_of(known, [&name](const char* beginning) { return name.starts_with(beginning); });
}

Verdict imports(const Subject& subject) {
    return about_file(subject, [&subject](const LibraryFile& library) {
        std::vector<std::string> strange;
        for (const std::string& name : library.needed) {
            const bool listed =
                std::ranges::any_of(subject.manifest.system_libraries, [&name](const std::string& known) {
                    return name.starts_with("lib" + known + ".so") || name.starts_with("lib" + known + "-");
                });
            if (!is_runtime(name) && !listed) strange.push_back(name);
        }
        if (!strange.empty())
            return failed("it needs " + joined(strange) +
                          "; link it in, or list it under system_libraries in manifest.json");
        const bool shares = std::ranges::any_of(
            library.needed, [](const std::string& name) { return name.starts_with("libstdc++"); });
        return passed(shares ? "shares the system's libstdc++" : "brings its own runtime");
    });
}

Verdict hardening(const Subject& subject) {
    return about_file(subject, [](const LibraryFile& library) {
        std::vector<std::string> wrong;
        if (library.text_relocations) wrong.emplace_back("text relocations (compile with -fPIC)");
        if (library.executable_stack) wrong.emplace_back("an executable stack (link with -z noexecstack)");
        if (!library.relro || !library.bind_now)
            wrong.emplace_back("symbols that are bound while it runs (link with -z relro -z now)");
        if (!library.run_path.empty()) wrong.push_back("a search path of its own, " + library.run_path);
        return wrong.empty() ? passed() : failed("found " + joined(wrong));
    });
}

Verdict unique(const Subject& subject) {
    return about_file(subject, [](const LibraryFile& library) {
        if (library.unique.empty()) return passed();
        return failed(
            joined(library.unique) +
            " would be shared with other plugins; compile with -fvisibility=hidden -fno-gnu-unique");
    });
}

/// "glibc 2.36"
std::string c_library() {
    char text[64] = {};
    confstr(_CS_GNU_LIBC_VERSION, text, sizeof text);
    return text;
}

Verdict glibc(const Subject& subject) {
    return about_file(subject, [](const LibraryFile& library) {
        const std::string newest = library.newest_glibc();
        int major = 0, minor = 0, our_major = 0, our_minor = 0;
        if (std::sscanf(newest.c_str(), "GLIBC_%d.%d", &major, &minor) != 2)
            return passed("asks for no version of glibc");
        const std::string ours = c_library();
        std::sscanf(ours.c_str(), "glibc %d.%d", &our_major, &our_minor);
        if (std::pair(major, minor) <= std::pair(our_major, our_minor))
            return passed("needs " + newest + " or newer");
        return failed("needs " + newest + ", this system has " + ours +
                      "; build on the oldest system that you support");
    });
}

Verdict size(const Subject& subject) {
    constexpr std::size_t most = 32 * 1024 * 1024;
    const std::string found = std::to_string(subject.library.size() / 1024) + " KiB";
    return subject.library.size() <= most ? passed(found)
                                          : failed("expected at most 32 MiB, found " + found + "; strip it");
}

Verdict known_keys(const Subject& subject) {
    if (subject.manifest.warnings.empty()) return passed();
    return failed(joined(subject.manifest.warnings));
}

Verdict reasons(const Subject& subject) {
    for (const plugin::Permission& asked : subject.manifest.permissions)
        if (asked.reason.size() < 8)
            return failed("the reason for " + asked.cap + " is \"" + asked.reason +
                          "\": an administrator decides by it");
    return passed();
}

/// Two patterns that one path fits, segment by segment.
bool overlap(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        const std::size_t end_a = std::min(a.find('/', 1), a.size()),
                          end_b = std::min(b.find('/', 1), b.size());
        const std::string_view one = a.substr(0, end_a), other = b.substr(0, end_b);
        if (one != other && !one.starts_with("/{") && !other.starts_with("/{")) return false;
        a.remove_prefix(end_a);
        b.remove_prefix(end_b);
    }
    return a.empty() && b.empty();
}

Verdict routes(const Subject& subject) {
    if (!subject.manifest.collector) return skipped("it has no routes");
    const auto& all = subject.manifest.collector->routes;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const bool same = !all[i].path.empty() && !all[j].path.empty() &&
                              overlap(all[i].path, all[j].path) &&
                              std::ranges::any_of(all[i].methods, [&](const std::string& method) {
                                  return std::ranges::find(all[j].methods, method) != all[j].methods.end();
                              });
            if (same)
                return failed(all[j].path + " and " + all[i].path +
                              " fit the same path: only the first would ever be called");
        }
    return passed();
}

Verdict metric_grants(const Subject& subject) {
    for (const plugin::MetricSpec& metric : subject.manifest.metrics)
        for (const std::string& view : metric.inputs) {
            const bool granted =
                view == "contacts" ||
                std::ranges::any_of(subject.manifest.permissions, [&view](const plugin::Permission& asked) {
                    return asked.cap == "data:" + view;
                });
            if (!granted)
                return failed(metric.id + " reads " + view + ": list data:" + view + " under permissions");
        }
    return passed();
}

}  // namespace

std::vector<Case> file_cases() {
    return {
        {"file.machine", 1, "the library is for this machine", machine},
        {"file.exports", 1, "it exports candour_plugin_v1 and nothing else", exports},
        {"file.imports", 1, "it needs no library that a host may not have", imports},
        {"file.hardening", 1, "nothing in it is writable and executable, and everything is bound at load",
         hardening},
        {"file.unique", 1, "it shares no static with other plugins", unique},
        {"file.glibc", 1, "this system's C library is new enough for it", glibc},
        {"file.size", 1, "it is not larger than a host takes", size},
        {"manifest.keys", 1, "the manifest says nothing that a host does not know", known_keys},
        {"manifest.reasons", 1, "each permission has a reason that a person can weigh", reasons},
        {"manifest.routes", 1, "each path leads to one route", routes},
        {"manifest.grants", 1, "a metric is granted what it reads", metric_grants},
    };
}

}  // namespace candour::app::tool
