#include "core/delivery/shared_letter.hpp"

namespace candour::core {
namespace {

constexpr char kPlace = '\x1f', kEnd = '\x1e', kFirst = '0';

std::vector<std::string_view> split(std::string_view joined_parts) {
    std::vector<std::string_view> parts;
    while (!joined_parts.empty()) {
        const std::size_t end = joined_parts.find(kEnd);
        parts.push_back(joined_parts.substr(0, end));
        if (end == joined_parts.npos) break;
        joined_parts.remove_prefix(end + 1);
    }
    return parts;
}

}  // namespace

std::string place_of(std::size_t part) {
    return {kPlace, static_cast<char>(kFirst + part)};
}

std::string join_parts(const std::vector<std::string>& parts) {
    std::string all;
    for (const std::string& part : parts) (all += part) += kEnd;
    return all;
}

std::string put_together(std::string_view shared, std::string_view joined_parts) {
    const std::vector<std::string_view> parts = split(joined_parts);
    std::string copy;
    copy.reserve(shared.size() + 4 * joined_parts.size());
    for (;;) {
        const std::size_t place = shared.find(kPlace);
        if (place == shared.npos || place + 1 == shared.size()) break;
        copy += shared.substr(0, place);
        const auto part = static_cast<std::size_t>(shared[place + 1] - kFirst);
        if (part < parts.size()) copy += parts[part];
        shared.remove_prefix(place + 2);
    }
    return copy += shared;
}

}  // namespace candour::core
