#include "remote/descriptor.hpp"

#include "candour/border.hpp"

namespace candour::remote {

namespace {

std::string minor_text(std::uint32_t major, std::uint32_t minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

Error corrupt(const Expected& expected, const std::string& message) {
    return Error{ErrorCode::corrupt, expected.library + ": " + message};
}

Error unsupported(const Expected& expected, const std::string& message) {
    return Error{ErrorCode::unsupported, expected.library + ": " + message};
}

Done check_abi(const Expected& expected, const cdr_plugin* found) {
    const std::string ours = minor_text(CDR_ABI_MAJOR, CDR_ABI_MINOR);
    if (found->abi_major != CDR_ABI_MAJOR)
        return unsupported(expected, "expected plugin ABI " + ours + ", found " +
                                         minor_text(found->abi_major, found->built_minor) +
                                         "; install the plugin's build for this host");
    if (found->requires_minor > CDR_ABI_MINOR)
        return unsupported(expected, "needs plugin ABI " +
                                         minor_text(found->abi_major, found->requires_minor) +
                                         ", this host offers " + ours + "; update the host");
    if (!CDR_HAS(found, on_event)) return corrupt(expected, "its descriptor is shorter than ABI 1.0 says");
    if (!found->create || !found->destroy || !found->query || !found->start || !found->stop ||
        !found->on_event)
        return corrupt(expected, "its descriptor has an empty slot");
    return done();
}

}  // namespace

Done check_descriptor(const Expected& expected, const cdr_plugin* found) {
    if (found == nullptr) return unsupported(expected, "declines to serve this host");
    if (Done fits = check_abi(expected, found); !fits) return fits;
    const std::string id(sdk::from_view(found->id)), version(sdk::from_view(found->version));
    if (id != expected.id || version != expected.version)
        return corrupt(expected, "expected plugin " + expected.id + " " + expected.version +
                                     " as manifest.json says, found " + id + " " + version);
    if ((found->threading == CDR_THREADS_PARALLEL) != expected.parallel)
        return corrupt(expected, "manifest.json and the library disagree about threading");
    return done();
}

}  // namespace candour::remote
