#include "core/loop/content.hpp"

#include <charconv>

namespace candour::core {

std::string text_of(const Content& content, const char* key) {
    const auto found = content.find(key);
    return found == content.end() ? std::string() : found->second;
}

Instant instant_of(const Content& content, const char* key) {
    const std::string text = text_of(content, key);
    std::int64_t us = 0;
    std::from_chars(text.data(), text.data() + text.size(), us);
    return from_us(us);
}

}  // namespace candour::core
