/// Memory that both processes see, for what is too large for the socket: one side writes, the other reads.
///
/// The host makes both lanes. The one that it writes is sealed against any other writer, so the worker can
/// map it for reading only. Neither can change its size, so that no reader meets a page that is gone. What
/// the worker wrote is copied before anybody believes it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "candour/result.hpp"

namespace candour::remote {

/// Room for the rows of a batch; pages that nobody touches cost nothing.
inline constexpr std::size_t kLaneBytes = 64 * 1024 * 1024;

class Lane {
 public:
    enum class Writer { host, worker };

    Lane() = default;
    ~Lane();
    Lane(Lane&& other) noexcept;
    Lane& operator=(Lane&& other) noexcept;
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// Host: made, mapped and sealed. Errors: exhausted, unsupported.
    static Result<Lane> make(Writer writer);
    /// Worker: the one that came as `fd`, which is closed. Errors: corrupt.
    static Result<Lane> map(int fd, Writer writer);

    /// To hand it on; the lane keeps it.
    int fd() const { return fd_; }

    /// From here on it is empty again: what was put before is no longer needed.
    void clear() { used_ = 0; }
    /// Where the bytes are now, or nothing when there is no room left.
    std::optional<std::size_t> put(std::string_view bytes);
    bool holds(std::uint64_t place, std::uint64_t length) const;
    /// `holds` was true.
    std::string_view at(std::uint64_t place, std::uint64_t length) const;

 private:
    int fd_ = -1;
    char* memory_ = nullptr;
    std::size_t used_ = 0;
};

}  // namespace candour::remote
