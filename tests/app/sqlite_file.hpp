/// A look into, or a hand inside of, a database file, past everything that Candour does to protect it.
#pragma once
#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace candour::app {

class SqliteFile {
 public:
    explicit SqliteFile(const std::filesystem::path& file) {
        if (sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
            throw std::runtime_error("cannot open " + file.string());
    }
    ~SqliteFile() { sqlite3_close(database_); }
    SqliteFile(const SqliteFile&) = delete;
    SqliteFile& operator=(const SqliteFile&) = delete;

    void execute(const std::string& sql) {
        char* why = nullptr;
        if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &why) == SQLITE_OK) return;
        const std::string what = why == nullptr ? "sqlite" : why;
        sqlite3_free(why);
        throw std::runtime_error(what + ": " + sql);
    }
    /// The first column of the first row.
    std::string text(const std::string& sql) {
        std::string found;
        const auto take = [](void* into, int, char** columns, char**) {
            if (columns[0] != nullptr) *static_cast<std::string*>(into) = columns[0];
            return 0;
        };
        if (sqlite3_exec(database_, sql.c_str(), take, &found, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(database_));
        return found;
    }

 private:
    sqlite3* database_ = nullptr;
};

}  // namespace candour::app
