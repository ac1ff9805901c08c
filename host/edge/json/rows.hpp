/// Many rows as one parameter of a statement: a JSON array of objects, which both databases read as a table.
#pragma once
#include <boost/json.hpp>

#include <string>
#include <utility>

namespace candour::json {

class Rows {
 public:
    /// What follows belongs to a new row.
    Rows& row() {
        rows_.emplace_back(boost::json::object());
        return *this;
    }
    Rows& with(const char* name, const std::string& value) { return put(name, boost::json::string(value)); }
    Rows& with(const char* name, std::int64_t value) { return put(name, value); }
    std::string text() const { return boost::json::serialize(rows_); }

 private:
    Rows& put(const char* name, boost::json::value value) {
        rows_.back().as_object().insert_or_assign(name, std::move(value));
        return *this;
    }

    boost::json::array rows_;
};

}  // namespace candour::json
