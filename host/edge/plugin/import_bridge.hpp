/// A piece of a file on its way to the plugin that reads it in, and what became of its rows.
#pragma once
#include <string>

#include "candour/abi.h"
#include "edge/plugin/ingest_bridge.hpp"
#include "edge/plugin/job.hpp"
#include "flow/ingest/imports.hpp"

namespace candour::plugin {

std::string piece_document(const flow::ImportPiece& piece);
/// Errors: internal, with what is wrong: it is the plugin's fault.
Result<flow::ImportedPiece> read_imported(std::string_view reply);

/// [{"key", "observation", "row": 12, "person": {"id", "email", "name", "account", "language"},
///   "wall": {"at": "2025-03-31T23:50:00", "zone": "America/Denver"}}, …]; the last three may be left out.
/// Errors: invalid, with the row in front.
Result<std::vector<flow::ImportedFact>> read_imported_rows(std::string_view json,
                                                           const IngestContext& context);

class ImportWork {
 public:
    ImportWork(const cdr_collector* role, void* self, flow::ImportPiece piece)
        : role_(role), self_(self), piece_(std::move(piece)) {}
    void run(Job& job);
    Result<flow::ImportedPiece> take() { return std::move(imported_); }

 private:
    const cdr_collector* role_;
    void* self_;
    flow::ImportPiece piece_;
    Result<flow::ImportedPiece> imported_;
};

}  // namespace candour::plugin
