/// One table per enum serves parse and print; text that is not in the table is an error, never a default.
#pragma once
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace candour::core {

template <class Enum, std::size_t N>
using NameTable = std::array<std::pair<Enum, std::string_view>, N>;

template <class Enum, std::size_t N>
constexpr std::string_view name_of(const NameTable<Enum, N>& table, Enum value) {
    for (const auto& [key, name] : table)
        if (key == value) return name;
    return "?";
}

template <class Enum, std::size_t N>
constexpr std::optional<Enum> value_of(const NameTable<Enum, N>& table, std::string_view name) {
    for (const auto& [key, text] : table)
        if (text == name) return key;
    return std::nullopt;
}

}  // namespace candour::core
