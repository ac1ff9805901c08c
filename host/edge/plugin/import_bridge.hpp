/// A piece of a file on its way to the plugin that reads it in, and what became of its rows.
#pragma once
#include <string>

#include "candour/abi.h"
#include "edge/plugin/job.hpp"
#include "flow/ingest/imports.hpp"

namespace candour::plugin {

std::string piece_document(const flow::ImportPiece& piece);
/// Errors: internal, with what is wrong: it is the plugin's fault.
Result<flow::ImportedPiece> read_imported(std::string_view reply);

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
