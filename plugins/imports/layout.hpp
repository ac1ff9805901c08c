/// What the columns of a table hold, from its header rows.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "csv_rows.hpp"
#include "wish.hpp"

namespace candour::imports {

struct Column {
    std::string name;  ///< of a question: its words, and the choice when each has a column of its own
    Role role = Role::question;
    int rank = 0;
    std::string zone;  ///< of its times, when the header says so
};

class Layout {
 public:
    /// How many rows of this format come before the first answer; fewer when they turn out to be something
    /// else.
    static std::size_t header_rows(std::string_view from);
    /// `used`: how many of the header rows were headers. Errors: invalid, with the columns that there are.
    static Result<Layout> read(const Wish& wish, const std::vector<Cells>& header, std::size_t& used);

    /// The first cell that is not empty among the columns of this role.
    const std::string& cell(const Cells& row, Role role) const;
    /// Columns of a role, the best first.
    const std::vector<std::size_t>& of(Role role) const { return places_[static_cast<std::size_t>(role)]; }
    const Column& column(std::size_t place) const { return columns_[place]; }
    std::size_t width() const { return columns_.size(); }
    /// Which column holds what, for somebody who imports.
    std::string summary() const;

 private:
    explicit Layout(std::vector<Column> columns) : columns_(std::move(columns)) {}
    Done map(const Wish& wish);
    void find_score();
    void find_comment();
    void tell_apart();
    void index();
    bool has(Role role) const;

    std::vector<Column> columns_;
    std::array<std::vector<std::size_t>, 19> places_;
};

}  // namespace candour::imports
