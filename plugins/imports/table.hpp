/// Rows of a CSV file as responses: which row is a header, which cell is what.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "characters.hpp"
#include "delivery.hpp"
#include "layout.hpp"

namespace candour::imports {

/// What the reader of a table knows from the pieces before.
struct TableState {
    char separator = 0;  ///< 0: nothing was read yet
    std::int64_t row = 0;
    std::vector<Cells> header;
    std::vector<Cells> pending;  ///< rows of a response that may go on in the next piece
};

class Table {
 public:
    Table(const Wish& wish, TableState state, bool marked_utf8, Delivery& delivery)
        : wish_(wish), state_(std::move(state)), marked_utf8_(marked_utf8), delivery_(delivery) {}

    /// Returns how much of the text was whole rows. Errors: invalid, about the file as a whole.
    Result<std::size_t> read(std::string_view text, bool last);
    const TableState& state() const { return state_; }

 private:
    bool take(Cells& row);
    void take_header(Cells& row);
    void take_answer(const Cells& row, std::int64_t number);
    void take_person(const Cells& row, std::int64_t number);
    void begin();
    bool to_utf8(Cells& row);
    bool is_of_fields() const;

    const Wish& wish_;
    TableState state_;
    bool marked_utf8_;
    Delivery& delivery_;
    std::optional<Layout> layout_;
    Done trouble_ = done();
};

/// The response of a row. Errors: invalid, why it is refused.
Result<Response> response_of(const Wish& wish, const Layout& layout, const Cells& row, std::int64_t number);
/// When it was given, with the zone of its column or of the wish. Errors: invalid.
Done set_time(const Wish& wish, std::string_view text, const std::string& zone, Response& response);

}  // namespace candour::imports
