/// What a case expects against what came out. Numbers are compared within a tolerance, everything else
/// exactly; two whole numbers too. What is absent equals null, and what the case does not name is not looked
/// at.
#pragma once
#include <boost/json.hpp>
#include <cmath>
#include <optional>
#include <string>

namespace candour::oracle {

namespace json = boost::json;

struct Difference {
    std::string where;  ///< "ci[1]"
    json::value got;
    json::value expected;
};

namespace detail {

inline bool is_whole(const json::value& value) {
    return value.is_int64() || value.is_uint64();
}

inline bool equal_numbers(const json::value& got, const json::value& expected, double tolerance) {
    if (is_whole(got) && is_whole(expected))
        return got.to_number<std::int64_t>() == expected.to_number<std::int64_t>();
    return std::abs(got.to_number<double>() - expected.to_number<double>()) <= tolerance;
}

}  // namespace detail

inline std::optional<Difference> first_difference(const json::value& got, const json::value& expected,
                                                  double tolerance, const std::string& where = {}) {
    if (got.is_number() && expected.is_number()) {
        if (detail::equal_numbers(got, expected, tolerance)) return std::nullopt;
        return Difference{where, got, expected};
    }
    if (got.is_array() && expected.is_array() && got.as_array().size() == expected.as_array().size()) {
        for (std::size_t at = 0; at < got.as_array().size(); ++at)
            if (auto found = first_difference(got.at(at), expected.at(at), tolerance,
                                              where + "[" + std::to_string(at) + "]"))
                return found;
        return std::nullopt;
    }
    if (got.is_object() && expected.is_object()) {
        for (const auto& [name, value] : expected.as_object()) {
            const json::value* mine = got.as_object().if_contains(name);
            const std::string path = (where.empty() ? "" : where + ".") + std::string(name);
            if (auto found =
                    first_difference(mine == nullptr ? json::value() : *mine, value, tolerance, path))
                return found;
        }
        return std::nullopt;
    }
    if (!got.is_number() && !got.is_array() && !got.is_object() && got == expected) return std::nullopt;
    return Difference{where, got, expected};
}

}  // namespace candour::oracle
