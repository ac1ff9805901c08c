/// The console: one page for every address of its own, and the files that it loads. It asks the API for all
/// the rest, so nothing here is secret and nothing asks who is calling.
#pragma once
#include <span>
#include <string_view>

#include "edge/http/console_files.hpp"
#include "edge/http/router.hpp"

namespace candour::http {

class Console {
 public:
    explicit Console(std::span<const ConsoleFile> files = console_files()) : files_(files) {}

    bool is_built() const { return find("index.html") != nullptr; }
    /// Nothing when it is not built: `/` is then the plain page's.
    void add_to(Router& router) const;

 private:
    const ConsoleFile* find(std::string_view name) const;
    flow::Task<Response> page(Request request) const;
    flow::Task<Response> asset(Request request) const;

    std::span<const ConsoleFile> files_;
};

}  // namespace candour::http
