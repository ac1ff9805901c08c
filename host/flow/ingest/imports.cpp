#include "flow/ingest/imports.hpp"

#include <algorithm>

namespace candour::flow {
namespace {

void add_to(FileReport& report, ImportedPiece piece) {
    report.rows += piece.rows;
    report.fresh += piece.fresh;
    report.known += piece.known;
    report.refused_rows += static_cast<std::int64_t>(piece.refused.size());
    for (RefusedRow& row : piece.refused)
        if (report.refused.size() < kNamedRefusals) report.refused.push_back(std::move(row));
}

Error after_rows(const FileReport& report, const Error& error) {
    return Error{error.code, error.message + " (" + std::to_string(report.rows) +
                                 " rows before it were read in and stay)"};
}

}  // namespace

Task<Result<FileReport>> import_file(Importers& importers, std::string plugin, std::string format,
                                     std::string name, std::string bytes) {
    FileReport report;
    ImportPiece piece{std::move(format), std::move(name), 0, false, "null", {}};
    while (piece.offset < bytes.size() || (bytes.empty() && !piece.last)) {
        piece.bytes = bytes.substr(piece.offset, kImportPiece);
        piece.last = piece.offset + piece.bytes.size() == bytes.size();
        const std::size_t given = piece.bytes.size();
        auto importing = importers.import_piece(plugin, piece);
        Result<ImportedPiece> done_piece = co_await std::move(importing);
        if (!done_piece) co_return after_rows(report, done_piece.error());
        const std::uint64_t consumed = done_piece->consumed;
        const bool moves = piece.last ? consumed == given : consumed > 0 && consumed <= given;
        if (!moves)
            co_return after_rows(
                report, {ErrorCode::internal, plugin + " consumed " + std::to_string(consumed) + " of " +
                                                  std::to_string(given) + " bytes of a piece: expected " +
                                                  (piece.last ? "all, it was the last" : "some")});
        piece.offset += consumed;
        piece.state = done_piece->state;
        add_to(report, *std::move(done_piece));
    }
    co_return report;
}

}  // namespace candour::flow
