#include "remote/lane.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <utility>

namespace candour::remote {

namespace {

/// Newer than the headers of Debian 12 are obliged to know.
#ifndef F_SEAL_FUTURE_WRITE
constexpr int F_SEAL_FUTURE_WRITE = 0x0010;
#endif
constexpr std::size_t kAlignment = 64;

char* map_bytes(int fd, bool writable) {
    const int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    void* memory = mmap(nullptr, kLaneBytes, protection, MAP_SHARED, fd, 0);
    return memory == MAP_FAILED ? nullptr : static_cast<char*>(memory);
}

}  // namespace

Lane::~Lane() {
    if (memory_ != nullptr) munmap(memory_, kLaneBytes);
    if (fd_ >= 0) close(fd_);
}

Lane::Lane(Lane&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), memory_(std::exchange(other.memory_, nullptr)), used_(other.used_) {}

Lane& Lane::operator=(Lane&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(memory_, other.memory_);
    std::swap(used_, other.used_);
    return *this;
}

Result<Lane> Lane::make(Writer writer) {
    Lane lane;
    lane.fd_ = memfd_create("candour-lane", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (lane.fd_ < 0 || ftruncate(lane.fd_, static_cast<off_t>(kLaneBytes)) != 0)
        return Error{ErrorCode::exhausted, std::string("no shared memory: ") + std::strerror(errno)};
    lane.memory_ = map_bytes(lane.fd_, writer == Writer::host);
    if (lane.memory_ == nullptr)
        return Error{ErrorCode::exhausted,
                     std::string("shared memory cannot be mapped: ") + std::strerror(errno)};
    const int size = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    const int seals = writer == Writer::host ? size | F_SEAL_FUTURE_WRITE : size;
    if (fcntl(lane.fd_, F_ADD_SEALS, seals) != 0)
        return Error{ErrorCode::unsupported,
                     std::string("shared memory cannot be sealed: ") + std::strerror(errno)};
    return lane;
}

Result<Lane> Lane::map(int fd, Writer writer) {
    Lane lane;
    lane.fd_ = fd;
    struct stat about {};
    if (fstat(fd, &about) != 0 || about.st_size != static_cast<off_t>(kLaneBytes))
        return Error{ErrorCode::corrupt, "the worker was given no lane"};
    lane.memory_ = map_bytes(fd, writer == Writer::worker);
    if (lane.memory_ == nullptr)
        return Error{ErrorCode::corrupt, std::string("the lane cannot be mapped: ") + std::strerror(errno)};
    return lane;
}

std::optional<std::size_t> Lane::put(std::string_view bytes) {
    const std::size_t place = (used_ + kAlignment - 1) / kAlignment * kAlignment;
    if (memory_ == nullptr || place > kLaneBytes || bytes.size() > kLaneBytes - place) return std::nullopt;
    std::memcpy(memory_ + place, bytes.data(), bytes.size());
    used_ = place + bytes.size();
    return place;
}

bool Lane::holds(std::uint64_t place, std::uint64_t length) const {
    return memory_ != nullptr && place <= kLaneBytes && length <= kLaneBytes - place;
}

std::string_view Lane::at(std::uint64_t place, std::uint64_t length) const {
    return {memory_ + place, static_cast<std::size_t>(length)};
}

}  // namespace candour::remote
