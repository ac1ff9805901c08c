/// Which database: `sqlite:PATH` or `postgresql://…`. Everything that differs between the two starts here.
#pragma once
#include <string>

#include "candour/result.hpp"

namespace candour::store {

enum class Dialect { sqlite, postgresql };

struct Target {
    Dialect dialect = Dialect::sqlite;
    std::string connect;  ///< what SOCI wants
    std::string path;     ///< SQLite's file; empty for PostgreSQL

    /// Errors: invalid, with the two forms that are understood. A password never stands in the message.
    static Result<Target> parse(const std::string& url);
};

}  // namespace candour::store
