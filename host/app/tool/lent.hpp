/// Text that is lent to a plugin for one call: it ends where readable memory ends, and is gone afterwards, so
/// that whoever reads past its end or keeps a pointer to it crashes in the test and not at a customer's.
#pragma once
#include <string>
#include <string_view>

#include "candour/abi.h"

namespace candour::app::tool {

class Lent {
 public:
    explicit Lent(std::string_view text);
    ~Lent();
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;

    /// Whether pages are guarded; they are unless somebody measures time.
    static void guard(bool guarded);

    cdr_str text() const { return {data_, size_}; }
    cdr_bytes bytes() const { return {reinterpret_cast<const std::uint8_t*>(data_), size_}; }

 private:
    std::string plain_;
    void* pages_ = nullptr;  ///< null: plain memory
    std::size_t mapped_ = 0;
    const char* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace candour::app::tool
