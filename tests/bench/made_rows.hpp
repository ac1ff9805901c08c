/// Rows by the hundred thousand, made by the database itself, in either dialect.
#pragma once
#include <string>

#include "edge/store/target.hpp"

namespace candour::bench {

/// `insert` SELECT `select`, once for each n from 0 to below `count`.
inline std::string numbered(store::Dialect dialect, long long count, const std::string& insert,
                            const std::string& select) {
    if (dialect == store::Dialect::sqlite)
        return "WITH RECURSIVE g(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM g WHERE n < " +
               std::to_string(count - 1) + ") " + insert + " SELECT " + select + " FROM g";
    return insert + " SELECT " + select + " FROM generate_series(CAST(0 AS bigint), " +
           std::to_string(count - 1) + ") AS g(n)";
}

/// An id as long as those of the product, so that they sort by their number.
inline std::string id(const char* prefix, const std::string& number) {
    return std::string("'") + prefix + "' || SUBSTR('00000000000000000000000000', 1, 26 - LENGTH(CAST(" +
           number + " AS TEXT))) || CAST(" + number + " AS TEXT)";
}

}  // namespace candour::bench
