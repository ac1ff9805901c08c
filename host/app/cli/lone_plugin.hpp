/// One plugin without a host around it: for commands that ask a plugin something which needs no store, no
/// grant and no other plugin. It gets a host that offers nothing but a log and the time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "candour/abi.h"
#include "candour/result.hpp"
#include "edge/plugin/manifest.hpp"

namespace candour::app::cli {

class LonePlugin final {
 public:
    /// Loads and starts it; `folder` holds manifest.json. Errors: those of the manifest, the library and the
    /// plugin's start.
    static Result<LonePlugin> start(const std::filesystem::path& folder);

    LonePlugin(LonePlugin&& other) noexcept;
    LonePlugin& operator=(LonePlugin&&) = delete;
    ~LonePlugin();

    Result<std::string> read_mail(std::string_view raw, std::string_view envelope_json);

 private:
    LonePlugin(const cdr_plugin* plugin, void* self) : plugin_(plugin), self_(self) {}

    const cdr_plugin* plugin_;
    void* self_;
    std::uint64_t calls_ = 0;
};

}  // namespace candour::app::cli
