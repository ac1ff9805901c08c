#include "app/cli/lone_plugin.hpp"

#include <chrono>
#include <iostream>
#include <utility>

#include "app/cli/output.hpp"
#include "candour/border.hpp"
#include "edge/plugin/library.hpp"

namespace candour::app::cli {
namespace {

/// The same as a running host grants a call by default.
constexpr std::chrono::seconds kPatience{5};

std::int64_t now_us() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

const void* offers_nothing(void*, cdr_str) {
    return nullptr;
}

cdr_status log_line(void*, std::uint32_t level, cdr_str message, cdr_str, cdr_error*) {
    if (level >= CDR_LOG_WARNING)
        std::cerr << "candour: the plugin says: " << on_one_line(sdk::from_view(message)) << "\n";
    return CDR_OK;
}

cdr_status empty_config(void*, cdr_buf* out, cdr_error*) {
    *out = sdk::hand_over("{}");
    return CDR_OK;
}

cdr_status tell_time(void*, std::int64_t* out, cdr_error*) {
    *out = now_us();
    return CDR_OK;
}

cdr_status never_cancelled(void*, std::uint64_t, std::uint32_t* out, cdr_error*) {
    *out = 0;
    return CDR_OK;
}

const cdr_host kBareHost{sizeof(cdr_host), CDR_ABI_MAJOR, CDR_ABI_MINOR, nullptr,         &offers_nothing,
                         &log_line,        &empty_config, &tell_time,    &never_cancelled};

}  // namespace

Result<LonePlugin> LonePlugin::start(const std::filesystem::path& folder) {
    const Result<plugin::Manifest> manifest = plugin::read_manifest(folder);
    if (!manifest) return manifest.error();
    const Result<const cdr_plugin*> found = plugin::open_library(*manifest);
    if (!found) return found.error();
    sdk::Failure failure;
    void* self = nullptr;
    if (const auto status = (*found)->create(&kBareHost, &self, failure.out())) return failure.take(status);
    if (const auto status = (*found)->start(self, failure.out())) {
        (*found)->destroy(self);
        return failure.take(status);
    }
    return LonePlugin(*found, self);
}

LonePlugin::LonePlugin(LonePlugin&& other) noexcept
    : plugin_(other.plugin_), self_(std::exchange(other.self_, nullptr)), calls_(other.calls_) {}

LonePlugin::~LonePlugin() {
    if (self_ == nullptr) return;
    (void)plugin_->stop(self_, now_us() + std::chrono::microseconds(kPatience).count(), nullptr);
    plugin_->destroy(self_);
}

Result<std::string> LonePlugin::read_mail(std::string_view raw, std::string_view envelope_json) {
    const auto* role =
        static_cast<const cdr_collector*>(plugin_->query(self_, sdk::to_view(CDR_ROLE_COLLECTOR)));
    if (!CDR_HAS(role, handle_mail) || role->handle_mail == nullptr)
        return Error{ErrorCode::unsupported, "expected a plugin that reads mail, found one that does not"};
    const cdr_call call{sizeof(cdr_call), 1, ++calls_,
                        now_us() + std::chrono::microseconds(kPatience).count()};
    sdk::Buffer document;
    sdk::Failure failure;
    const cdr_status status = role->handle_mail(self_, &call, sdk::to_bytes(raw), sdk::to_view(envelope_json),
                                                document.out(), failure.out());
    if (status != CDR_OK) return failure.take(status);
    return document.text();
}

}  // namespace candour::app::cli
