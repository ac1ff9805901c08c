/// What is in a frame. Host and worker are one build on one machine, so numbers cross as they lie in memory:
///
///     number   its own bytes
///     text     u64 length, then zeros up to the next multiple of 8, then the bytes;
///              or u64 length with the highest bit set, then u64 place in the lane
///
/// Cells of int64 cross as bytes, and abi.h promises them aligned: hence the zeros. A body begins aligned.
#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "remote/lane.hpp"

namespace candour::remote {

/// Below it the socket is as fast, and nobody has to wait for the lane.
inline constexpr std::size_t kLarge = 32 * 1024;
inline constexpr std::uint64_t kInLane = std::uint64_t{1} << 63U;

/// From `used` bytes to the next multiple of 8.
constexpr std::size_t gap_after(std::size_t used) {
    return (8 - used % 8) % 8;
}

class BodyWriter {
 public:
    /// `lane` carries what is large; without one everything goes through the socket.
    explicit BodyWriter(Lane* lane = nullptr) : lane_(lane) {}

    template <class Number>
    void number(Number value) {
        static_assert(std::is_arithmetic_v<Number>);
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);
        bytes_.append(bytes, sizeof value);
    }
    void text(std::string_view value) {
        if (lane_ != nullptr && value.size() >= kLarge)
            if (const auto place = lane_->put(value)) {
                number(static_cast<std::uint64_t>(value.size()) | kInLane);
                number(static_cast<std::uint64_t>(*place));
                return;
            }
        number(static_cast<std::uint64_t>(value.size()));
        bytes_.append(gap_after(bytes_.size()), '\0');
        bytes_.append(value);
    }
    const std::string& bytes() const { return bytes_; }
    std::string take() { return std::move(bytes_); }

 private:
    Lane* lane_;
    std::string bytes_;
};

/// Never reads outside; what does not fit makes it `bad`, and every value after that is empty.
class BodyReader {
 public:
    explicit BodyReader(std::string_view bytes, const Lane* lane = nullptr)
        : size_(bytes.size()), rest_(bytes), lane_(lane) {}

    template <class Number>
    Number number() {
        static_assert(std::is_arithmetic_v<Number>);
        Number value{};
        if (rest_.size() < sizeof value) return spoil(), value;
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
        return value;
    }
    /// Borrowed from the frame, or from the lane: valid until the call is over, and the other process may
    /// write to it meanwhile.
    std::string_view text() {
        const auto length = number<std::uint64_t>();
        if ((length & kInLane) != 0) return in_lane(length & ~kInLane);
        const std::size_t gap = gap_after(size_ - rest_.size());
        if (gap > rest_.size() || length > rest_.size() - gap) return spoil(), std::string_view();
        const std::string_view value = rest_.substr(gap, length);
        rest_.remove_prefix(gap + length);
        return value;
    }
    bool good() const { return good_; }
    /// Good, and nothing is left.
    bool complete() const { return good_ && rest_.empty(); }

 private:
    std::string_view in_lane(std::uint64_t length) {
        const auto place = number<std::uint64_t>();
        if (lane_ == nullptr || !lane_->holds(place, length)) return spoil(), std::string_view();
        return lane_->at(place, length);
    }
    void spoil() {
        good_ = false;
        rest_ = {};
    }
    std::size_t size_;
    std::string_view rest_;
    const Lane* lane_;
    bool good_ = true;
};

}  // namespace candour::remote
