// Answers from elsewhere: what customers said in another tool, with its day. See README.md.
#include "candour/plugin.hpp"

#include <boost/json.hpp>

#include "delighted.hpp"
#include "json_objects.hpp"
#include "table.hpp"

namespace candour::imports {

namespace {

namespace json = boost::json;

constexpr std::size_t kPiece = 1024 * 1024;

/// What the host says of a piece, and what the pieces before left for it.
struct Ask {
    std::string import, options;
    bool last = false;
    Encoding encoding = Encoding::utf8;
    bool begun = false, objects = false;
    TableState table;
};

std::string text_member(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::vector<Cells> rows_member(const json::object& object, std::string_view name) {
    std::vector<Cells> rows;
    const json::value* list = object.if_contains(name);
    if (list == nullptr || !list->is_array()) return rows;
    for (const json::value& row : list->get_array()) {
        rows.emplace_back();
        for (const json::value& cell : row.is_array() ? row.get_array() : json::array())
            rows.back().emplace_back(cell.is_string() ? std::string(cell.get_string()) : std::string());
    }
    return rows;
}

Result<Ask> read_ask(std::string_view piece_json) {
    json::error_code ec;
    const json::value document = json::parse(json::string_view(piece_json.data(), piece_json.size()), ec);
    if (ec || !document.is_object())
        return Error{ErrorCode::corrupt, "expected the host's word about a piece"};
    const json::object& piece = document.get_object();
    Ask ask;
    ask.import = text_member(piece, "import");
    const json::value *options = piece.if_contains("options"), *last = piece.if_contains("last"),
                      *state = piece.if_contains("state");
    ask.options = options == nullptr || options->is_null() ? "{}" : json::serialize(*options);
    ask.last = last != nullptr && last->is_bool() && last->get_bool();
    if (state == nullptr || !state->is_object()) return ask;
    const json::object& left = state->get_object();
    ask.begun = true;
    ask.encoding = encoding_called(text_member(left, "encoding"));
    ask.objects = text_member(left, "shape") == "objects";
    const std::string separator = text_member(left, "separator");
    ask.table.separator = separator.empty() ? '\0' : separator.front();
    if (const json::value* row = left.if_contains("row"); row != nullptr && row->is_int64())
        ask.table.row = row->get_int64();
    ask.table.header = rows_member(left, "header");
    ask.table.pending = rows_member(left, "pending");
    return ask;
}

json::array rows_list(const std::vector<Cells>& rows) {
    json::array list;
    for (const Cells& row : rows) list.emplace_back(json::array(row.begin(), row.end()));
    return list;
}

std::string state_json(const Ask& ask) {
    json::object state{{"encoding", to_text(ask.encoding)},
                       {"shape", ask.objects ? "objects" : "table"},
                       {"row", ask.table.row}};
    if (ask.table.separator != '\0') state["separator"] = std::string(1, ask.table.separator);
    state["header"] = rows_list(ask.table.header);
    if (!ask.table.pending.empty()) state["pending"] = rows_list(ask.table.pending);
    return json::serialize(state);
}

class Imports {
 public:
    explicit Imports(sdk::Host host) : host_(host) {}

    Result<std::string> import_piece(const sdk::Call&, const sdk::Piece& piece) {
        Result<Ask> ask = read_ask(piece.json);
        if (!ask) return ask.error();
        const Result<Wish> wish = read_wish(ask->import, ask->options);
        if (!wish) return wish.error();
        const std::size_t mark = ask->begun ? 0 : begin(*ask, piece.bytes);
        const bool wide = ask->encoding == Encoding::utf16_little || ask->encoding == Encoding::utf16_big;
        const std::string_view bytes = piece.bytes.substr(std::min(mark, piece.bytes.size()));
        const std::string converted = wide ? from_utf16(bytes, ask->encoding) : std::string();
        const std::string_view text = wide ? std::string_view(converted) : bytes;
        Delivery delivery(host_.ingest(), *wish);
        const Result<std::size_t> used = ask->objects ? read_objects(*ask, *wish, text, delivery)
                                                      : read_table(*ask, *wish, text, delivery);
        if (!used) return used.error();
        const std::size_t consumed =
            ask->last ? piece.bytes.size() : mark + bytes_in_file(text.substr(0, *used), ask->encoding);
        if (consumed == mark && !ask->last && !piece.bytes.empty())
            return Error{ErrorCode::invalid, "row " + std::to_string(ask->table.row + 1) +
                                                 ": expected a row of up to " +
                                                 std::to_string(kPiece / 1024) +
                                                 " KiB, found no end of it; is this file CSV or JSON, and "
                                                 "is every quote in it closed?"};
        return delivery.reply(consumed, state_json(*ask));
    }

 private:
    /// Returns the length of the mark in front.
    static std::size_t begin(Ask& ask, std::string_view bytes) {
        ask.encoding = encoding_of(bytes);
        const std::size_t mark = mark_of(bytes, ask.encoding);
        const std::size_t first = bytes.find_first_not_of(" \t\r\n", mark);
        ask.objects = ask.import == "delighted" && first != std::string_view::npos &&
                      (bytes[first] == '[' || bytes[first] == '{');
        return mark;
    }

    static Result<std::size_t> read_table(Ask& ask, const Wish& wish, std::string_view text,
                                          Delivery& delivery) {
        Table table(wish, std::move(ask.table), ask.encoding == Encoding::utf8_marked, delivery);
        const Result<std::size_t> used = table.read(text, ask.last);
        ask.table = table.state();
        return used;
    }

    static Result<std::size_t> read_objects(Ask& ask, const Wish& wish, std::string_view text,
                                            Delivery& delivery) {
        const auto take = [&](std::string_view object) {
            ++ask.table.row;
            delivery.count_row();
            const Result<Response> response = delighted_response(wish, object, ask.table.row);
            if (response)
                delivery.add(*response);
            else
                delivery.refuse(ask.table.row, response.error().message);
        };
        Result<std::size_t> used = each_object(text, ask.last, take);
        if (used) return used;
        return Error{used.error().code,
                     "after object " + std::to_string(ask.table.row) + ": " + used.error().message};
    }

    sdk::Host host_;
};

}  // namespace

}  // namespace candour::imports

CANDOUR_PLUGIN(candour::imports::Imports)
