#include "edge/plugin/import_bridge.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "candour/border.hpp"
#include "edge/json/members.hpp"
#include "edge/plugin/text.hpp"

namespace candour::plugin {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxPieceReply = 4 * 1024 * 1024;  // bytes: every row of a piece may be refused
constexpr std::size_t kMaxRefusal = 300;                 // code points

Error broken_reply(const std::string& what) {
    return Error{ErrorCode::internal, "the plugin's reply to a piece: " + what};
}

/// A whole number from 0 on; -1: it is something else.
std::int64_t piece_count(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    const std::int64_t* number = value == nullptr ? nullptr : value->if_int64();
    return number == nullptr ? -1 : *number;
}

Done read_refused(const json::object& reply, flow::ImportedPiece& piece) {
    const json::value* list = reply.if_contains("refused");
    if (list == nullptr) return done();
    if (!list->is_array()) return broken_reply("/refused: expected a list");
    for (const json::value& each : list->get_array()) {
        const json::object* row = each.if_object();
        if (row == nullptr) return broken_reply("/refused: expected {\"row\": 3, \"why\": \"…\"}");
        flow::RefusedRow refused{piece_count(*row, "row"), candour::json::text_at(*row, "why")};
        const auto length = code_points(refused.why);
        if (refused.row < 0 || !length || *length == 0 || *length > kMaxRefusal)
            return broken_reply("/refused: expected a row's number and why, up to 300 characters");
        piece.refused.push_back(std::move(refused));
    }
    return done();
}

Done read_notes(const json::object& reply, flow::ImportedPiece& piece) {
    const json::value* list = reply.if_contains("notes");
    if (list == nullptr) return done();
    if (!list->is_array()) return broken_reply("/notes: expected a list");
    for (const json::value& each : list->get_array()) {
        const json::string* note = each.if_string();
        const auto length = note == nullptr ? std::nullopt : code_points({note->data(), note->size()});
        if (!length || *length == 0 || *length > kMaxRefusal)
            return broken_reply("/notes: expected texts of 1 to 300 characters");
        piece.notes.emplace_back(note->data(), note->size());
    }
    return done();
}

Error bad_import_row(const std::string& what) {
    return Error{ErrorCode::invalid, "ingest.put_batch: " + what};
}

constexpr std::size_t kMaxPersonText = 200;  // code points

Result<flow::ImportedPerson> person_in(const json::value& value) {
    const json::object* members = value.if_object();
    if (members == nullptr) return bad_import_row("person: expected an object");
    flow::ImportedPerson person;
    for (const auto& [name, member] : *members) {
        const json::string* text = member.if_string();
        const auto length = text == nullptr ? std::nullopt : code_points({text->data(), text->size()});
        std::string* into = name == "id"         ? &person.id
                            : name == "email"    ? &person.email
                            : name == "account"  ? &person.account
                            : name == "name"     ? &person.name
                            : name == "language" ? &person.language
                                                 : nullptr;
        if (into == nullptr || !length || *length > kMaxPersonText)
            return bad_import_row(
                "person: expected id, email, account, name and language, texts of up to 200 characters");
        into->assign(text->data(), text->size());
    }
    return person;
}

Result<flow::WallTime> wall_in(const json::value& value) {
    const json::object* members = value.if_object();
    const std::string at = members == nullptr ? std::string() : candour::json::text_at(*members, "at");
    const auto shown = at.size() == 19 ? read_instant(at + "Z") : std::nullopt;
    if (!shown)
        return bad_import_row(
            "wall: expected {\"at\": \"2026-03-01T09:30:00\", \"zone\": \"Europe/Zurich\"}");
    const auto day = std::chrono::floor<std::chrono::days>(*shown);
    return flow::WallTime{day, std::chrono::duration_cast<std::chrono::seconds>(*shown - day),
                          candour::json::text_at(*members, "zone")};
}

/// A row that says nothing but who somebody is.
Result<flow::ImportedFact> somebody_row(const json::object& members) {
    Result<flow::ImportedPerson> person = person_in(members.at("person"));
    if (!person) return person.error();
    if (person->id.empty()) return bad_import_row("person: expected an id when the row says nothing else");
    return flow::ImportedFact{
        {}, std::max<std::int64_t>(0, piece_count(members, "row")), *std::move(person), {}};
}

Result<flow::ImportedFact> imported_row(const json::value& value, const IngestContext& context) {
    const json::object* members = value.if_object();
    const json::value* observation = members == nullptr ? nullptr : members->if_contains("observation");
    if (observation == nullptr && members != nullptr && members->contains("person") &&
        !members->contains("key"))
        return somebody_row(*members);
    if (observation == nullptr) return bad_import_row("expected {\"key\": \"…\", \"observation\": {…}}");
    const Result<std::string_view> key = key_in(*members);
    if (!key) return key.error();
    IngestContext its = context;
    its.key = *key;
    Result<core::Observation> fact = observation_in(*observation, its);
    if (!fact) return fact.error();
    flow::ImportedFact one{*std::move(fact), std::max<std::int64_t>(0, piece_count(*members, "row")), {}, {}};
    if (const json::value* person = members->if_contains("person")) {
        Result<flow::ImportedPerson> who = person_in(*person);
        if (!who) return who.error();
        one.person = *std::move(who);
    }
    if (const json::value* wall = members->if_contains("wall")) {
        Result<flow::WallTime> when = wall_in(*wall);
        if (!when) return when.error();
        one.wall = *std::move(when);
    }
    return one;
}

}  // namespace

Result<std::vector<flow::ImportedFact>> read_imported_rows(std::string_view text,
                                                           const IngestContext& context) {
    json::monotonic_resource arena;
    json::value document(&arena);
    const Result<const json::array*> rows = rows_in(text, document);
    if (!rows) return rows.error();
    std::vector<flow::ImportedFact> facts;
    facts.reserve((*rows)->size());
    for (const json::value& row : **rows) {
        Result<flow::ImportedFact> one = imported_row(row, context);
        if (!one)
            return Error{one.error().code,
                         "row " + std::to_string(facts.size()) + ": " + one.error().message};
        facts.push_back(*std::move(one));
    }
    return facts;
}

std::string piece_document(const flow::ImportPiece& piece) {
    json::object document{
        {"import", piece.import}, {"name", piece.name}, {"offset", piece.offset}, {"last", piece.last}};
    document["state"] = json::parse(piece.state);
    document["options"] = json::parse(piece.options);
    return json::serialize(document);
}

Result<flow::ImportedPiece> read_imported(std::string_view text) {
    if (text.size() > kMaxPieceReply || !is_text(text)) return broken_reply("expected up to 1 MiB of JSON");
    json::error_code ec;
    const json::value document = json::parse(json::string_view(text.data(), text.size()), ec);
    const json::object* reply = document.if_object();
    if (ec || reply == nullptr) return broken_reply("expected a JSON object");
    flow::ImportedPiece piece;
    const std::int64_t consumed = piece_count(*reply, "consumed");
    piece.rows = piece_count(*reply, "rows");
    if (consumed < 0 || piece.rows < 0) return broken_reply("expected \"consumed\" and \"rows\", from 0 on");
    piece.consumed = static_cast<std::uint64_t>(consumed);
    if (Done fits = read_refused(*reply, piece); !fits) return fits.error();
    if (Done fits = read_notes(*reply, piece); !fits) return fits.error();
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
