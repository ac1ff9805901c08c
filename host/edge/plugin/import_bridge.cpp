#include "edge/plugin/import_bridge.hpp"

#include <boost/json.hpp>

#include "candour/border.hpp"
#include "edge/json/members.hpp"
#include "edge/plugin/text.hpp"

namespace candour::plugin {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxReply = 1024 * 1024;  // bytes
constexpr std::size_t kMaxWhy = 300;            // code points

Error broken(const std::string& what) {
    return Error{ErrorCode::internal, "the plugin's reply to a piece: " + what};
}

/// A whole number from 0 on; -1: it is something else.
std::int64_t count_at(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    const std::int64_t* number = value == nullptr ? nullptr : value->if_int64();
    return number == nullptr ? -1 : *number;
}

Done read_refused(const json::object& reply, flow::ImportedPiece& piece) {
    const json::value* list = reply.if_contains("refused");
    if (list == nullptr) return done();
    if (!list->is_array()) return broken("/refused: expected a list");
    for (const json::value& each : list->get_array()) {
        const json::object* row = each.if_object();
        if (row == nullptr) return broken("/refused: expected {\"row\": 3, \"why\": \"…\"}");
        flow::RefusedRow refused{count_at(*row, "row"), candour::json::text_at(*row, "why")};
        const auto length = code_points(refused.why);
        if (refused.row < 0 || !length || *length == 0 || *length > kMaxWhy)
            return broken("/refused: expected a row's number and why, up to 300 characters");
        piece.refused.push_back(std::move(refused));
    }
    return done();
}

}  // namespace

std::string piece_document(const flow::ImportPiece& piece) {
    json::object document{
        {"import", piece.import}, {"name", piece.name}, {"offset", piece.offset}, {"last", piece.last}};
    document["state"] = json::parse(piece.state);
    return json::serialize(document);
}

Result<flow::ImportedPiece> read_imported(std::string_view text) {
    if (text.size() > kMaxReply || !is_text(text)) return broken("expected up to 1 MiB of JSON");
    json::error_code ec;
    const json::value document = json::parse(json::string_view(text.data(), text.size()), ec);
    const json::object* reply = document.if_object();
    if (ec || reply == nullptr) return broken("expected a JSON object");
    flow::ImportedPiece piece;
    const std::int64_t consumed = count_at(*reply, "consumed");
    piece.rows = count_at(*reply, "rows");
    if (consumed < 0 || piece.rows < 0) return broken("expected \"consumed\" and \"rows\", from 0 on");
    piece.consumed = static_cast<std::uint64_t>(consumed);
    if (Done fits = read_refused(*reply, piece); !fits) return fits.error();
    const json::value* state = reply->if_contains("state");
    piece.state = state == nullptr ? "null" : json::serialize(*state);
    return piece;
}

void ImportWork::run(Job& job) {
    const std::string document = piece_document(piece_);
    sdk::Buffer reply;
    sdk::Failure failure;
    const cdr_call call = job.call();
    const cdr_status returned = role_->import_piece(self_, &call, sdk::to_view(document),
                                                    sdk::to_bytes(piece_.bytes), reply.out(), failure.out());
    if (returned != CDR_OK)
        imported_ = failure.take(returned);
    else
        imported_ = read_imported(reply.view());
}

}  // namespace candour::plugin
