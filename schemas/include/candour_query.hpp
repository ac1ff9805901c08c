/// A named SQL statement, one text per dialect; the two differ only where schemas/queries/*.sql says so.
#pragma once
namespace candour::sql {

struct Query {
    const char* name;
    const char* sqlite;
    const char* postgresql;
};

}  // namespace candour::sql
