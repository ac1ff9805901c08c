#include "app/tool/lent.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>

namespace candour::app::tool {

namespace {
bool guarded = true;
}

void Lent::guard(bool wanted) {
    guarded = wanted;
}

Lent::Lent(std::string_view text) : size_(text.size()) {
    if (!guarded) {
        plain_ = text;
        data_ = plain_.data();
        return;
    }
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const std::size_t room = (text.size() + page - 1) / page * page;
    mapped_ = room + page;
    pages_ = mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages_ == MAP_FAILED) throw std::bad_alloc();
    auto* first = static_cast<char*>(pages_);
    mprotect(first + room, page, PROT_NONE);
    char* begin = first + room - text.size();
    std::memcpy(begin, text.data(), text.size());
    if (room > 0) mprotect(first, room, PROT_READ);
    data_ = begin;
}

Lent::~Lent() {
    if (pages_ == nullptr) return;
    // Its addresses stay taken, so that nothing else lands where a kept pointer leads.
    mprotect(pages_, mapped_, PROT_NONE);
    madvise(pages_, mapped_, MADV_DONTNEED);
}

}  // namespace candour::app::tool
