#include "layering/house.hpp"

#include <algorithm>

namespace candour::layering {
namespace {

constexpr std::string_view kResult = "sdk/include/candour/result.hpp";
constexpr std::string_view kIds = "sdk/include/candour/ids.hpp";
constexpr std::string_view kStats = "sdk/include/candour/stats";

}  // namespace

const std::vector<Library>& libraries() {
    static const std::vector<Library> list{
        {"asio", {"boost/asio", "boost/system"}, {"boost::asio"}},
        {"beast", {"boost/beast"}, {"boost::beast"}},
        {"json", {"boost/json"}, {"boost::json"}},
        {"url", {"boost/url"}, {"boost::urls"}},
        {"dll", {"boost/dll"}, {"boost::dll"}},
        {"math", {"boost/math"}, {"boost::math"}},
        {"another part of Boost", {"boost/"}, {}},
        {"soci", {"soci/"}, {"soci::"}},
        {"sqlite", {"sqlite3"}, {"sqlite3_"}},
        {"libpq", {"libpq", "postgres_ext.h"}, {"PQexec", "PQconnect"}},
        {"spdlog", {"spdlog/", "fmt/"}, {"spdlog::", "SPDLOG_", "fmt::"}},
        {"openssl", {"openssl/"}, {"EVP_", "RAND_bytes", "SSL_CTX"}},
        {"sodium", {"sodium"}, {"crypto_pwhash"}},
        {"libical", {"libical/"}, {"icalrecur", "icaltime"}},
        {"date", {"date/"}, {"date::zoned", "date::locate_zone"}},
        {"gmime", {"gmime/", "glib", "iconv.h"}, {"g_mime_", "iconv_open"}},
        {"mustache", {"kainjow/"}, {"kainjow::"}},
        {"cli11", {"CLI/"}, {"CLI::"}},
        {"toml", {"toml++/"}, {"toml::"}},
        {"valijson", {"valijson/"}, {"valijson::"}},
        {"csv", {"csv.h"}, {"csv_parse"}},
        {"libarchive", {"archive.h", "archive_entry.h"}, {"archive_read_", "archive_write_"}},
        {"qrencode", {"qrencode.h"}, {"QRcode_"}},
        {"libelf", {"gelf.h", "libelf.h"}, {"elf_memory", "gelf_get"}},
        {"seccomp", {"seccomp.h"}, {"seccomp_"}},
        {"googletest", {"gtest/", "gmock/", "rapidcheck"}, {"testing::", "rc::check"}},
        {"posix sockets", {"sys/socket.h", "sys/un.h", "netinet/", "arpa/", "netdb.h"}, {}},
        {"posix",
         {"sys/", "linux/", "unistd.h", "fcntl.h", "signal.h", "poll.h", "pthread.h", "pwd.h", "grp.h",
          "dlfcn.h", "spawn.h", "termios.h", "sched.h", "sysexits.h", "getopt.h", "syslog.h", "dirent.h"},
         {}},
    };
    return list;
}

/// What touches nothing but memory, a clock and a worker's own process.
std::vector<Folder> inner_folders() {
    return {
        // The SDK. Results and identifiers are the words that plugins and every folder of the host share.
        {kResult, {}, {}},
        {kIds, {kResult}, {}},
        {kStats, {kResult}, {"math"}},
        {"sdk", {kResult, kIds, kStats}, {}},
        // What a plugin's own tests use: they load it as the host would.
        {"sdk/testing", {"sdk", kResult, kIds, kStats}, {"posix"}},
        {"sdk/template", {"sdk", "sdk/testing", kResult, kIds, kStats}, {}},
        {"sdk/examples", {"sdk", "sdk/testing", kResult, kIds, kStats}, {}},
        {"schemas", {}, {}},

        // What is true.
        {"host/core", {kResult, kIds, kStats}, {}},
        {"host/crypto", {kResult, kIds, "host/core"}, {"openssl", "sodium"}},
        {"host/zone", {kResult, kIds, "host/core"}, {"date", "libical"}},
        {"host/log", {kResult, kIds}, {"spdlog", "posix"}},

        // What happens, in which order; what customers read.
        {"host/flow", {kResult, kIds, "host/core", "host/log", "host/crypto"}, {"asio"}},
        {"host/voice", {kResult, kIds, "host/core", "host/zone"}, {"mustache", "json"}},

        // The border of the SDK across two processes, and the process on its other side.
        {"host/remote", {"sdk", kResult}, {"posix", "posix sockets"}},
        {"host/worker", {"sdk", kResult, "host/remote"}, {"posix", "posix sockets", "seccomp"}},
        {"host/worker_main.cpp", {"*"}, {"*"}},
    };
}

/// Documents cross the plugin border as JSON text, so its bridges read and write that; what a schema says is
/// checked in one file.
std::vector<Folder> outer_folders() {
    return {
        // What touches the world.
        {"host/edge/json", {kResult, kIds, "host/core", "host/flow", "host/crypto"}, {"json"}},
        {"host/edge/csv", {kResult, kIds, "host/core", "host/flow"}, {"csv"}},
        {"host/edge/store",
         {kResult, kIds, "host/core", "host/flow", "host/log", "host/crypto", "host/zone", "host/edge/json",
          "schemas"},
         {"asio", "soci", "sqlite", "libpq", "posix", "posix sockets"}},
        {"host/edge/plugin",
         {kResult, kIds, "host/core", "host/flow", "host/log", "host/crypto", "host/zone", "host/edge/json",
          "host/remote", "sdk", "schemas"},
         {"asio", "dll", "json", "posix", "posix sockets"},
         {"valijson:json_schema"}},
        {"host/edge/package",
         {kResult, kIds, "host/core", "host/crypto", "host/edge/plugin"},
         {"libarchive", "libelf"}},
        {"host/edge/http",
         {kResult, kIds, "host/core", "host/flow", "host/log", "host/crypto", "host/zone", "host/voice",
          "host/edge/json", "host/edge/csv", "host/edge/telling"},
         {"asio", "beast", "json", "url", "openssl", "mustache", "qrencode", "posix", "posix sockets"}},
        {"host/edge/mail",
         {kResult, kIds, "host/core", "host/flow", "host/log", "host/crypto", "host/zone", "host/voice",
          "host/edge/json"},
         {"asio", "openssl", "gmime", "posix", "posix sockets"}},

        // The words of every mail, between the voice and the envelope.
        {"host/edge/telling",
         {kResult, kIds, "host/core", "host/flow", "host/log", "host/crypto", "host/zone", "host/voice",
          "host/edge/json", "host/edge/mail"},
         {"json"}},

        // What wires them. No row names host/app, so nothing may include it but the program's own main.
        {"host/app", {"*"}, {"*"}},
        {"host/main.cpp", {"*"}, {"*"}},
        {"host/pch", {}, {"*"}},

        // Plugins see the SDK and libraries that touch nothing; never the host, a socket or each other.
        {"plugins",
         {"sdk", kResult, kIds, kStats, "schemas"},
         {"json", "mustache", "valijson", "gmime", "csv"}},
    };
}

const std::vector<Folder>& folders() {
    static const std::vector<Folder> table = [] {
        std::vector<Folder> all = inner_folders();
        for (const Folder& folder : outer_folders()) all.push_back(folder);
        return all;
    }();
    return table;
}

const Folder* folder_of(std::string_view path) {
    const Folder* best = nullptr;
    for (const Folder& folder : folders()) {
        const bool inside = path.starts_with(folder.path) &&
                            (path.size() == folder.path.size() || path[folder.path.size()] == '/');
        if (inside && (best == nullptr || folder.path.size() > best->path.size())) best = &folder;
    }
    return best;
}

std::optional<std::string_view> library_of(std::string_view header) {
    for (const Library& library : libraries())
        for (const std::string_view beginning : library.headers)
            if (header.starts_with(beginning)) return library.name;
    const std::string_view stem = header.substr(0, header.find('.'));
    constexpr std::string_view c_headers[] = {"assert", "errno",  "float",  "inttypes", "limits", "locale",
                                              "math",   "setjmp", "stdarg", "stdbool",  "stddef", "stdint",
                                              "stdio",  "stdlib", "string", "time",     "ctype"};
    const bool of_c = header.ends_with(".h") && std::ranges::find(c_headers, stem) != std::end(c_headers);
    if (of_c || header.find_first_of("./") == std::string_view::npos) return "";
    return std::nullopt;
}

}  // namespace candour::layering
