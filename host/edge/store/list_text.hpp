/// One parameter for many values, as each dialect reads it: `= ANY(…)` of an array, `IN` of a JSON array.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "edge/store/target.hpp"

namespace candour::store {

namespace detail {

template <class Elements, class Write>
std::string list_text(Dialect dialect, const Elements& elements, Write write) {
    const bool json = dialect == Dialect::sqlite;
    std::string list(1, json ? '[' : '{');
    for (const auto& element : elements) {
        if (list.size() > 1) list += ',';
        list += write(element);
    }
    return list + (json ? ']' : '}');
}

}  // namespace detail

/// The elements are ids: nothing in them needs quoting.
inline std::string list_text(Dialect dialect, const std::vector<std::string>& ids) {
    return detail::list_text(dialect, ids, [](const std::string& id) { return '"' + id + '"'; });
}
inline std::string list_text(Dialect dialect, const std::vector<std::int64_t>& numbers) {
    return detail::list_text(dialect, numbers, [](std::int64_t number) { return std::to_string(number); });
}

}  // namespace candour::store
