/// Files that a plugin reads in: piece by piece, each piece a job of its own whose facts commit together.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "flow/task.hpp"

namespace candour::flow {

inline constexpr std::size_t kImportPiece = 1024 * 1024;
/// Rows that were refused and are named; the others are counted.
inline constexpr std::size_t kNamedRefusals = 100;

struct ImportPiece {
    std::string import;  ///< the format, one of the plugin's
    std::string name;    ///< of the file
    std::uint64_t offset = 0;
    bool last = false;
    std::string state = "null";  ///< what the plugin gave with the piece before (JSON)
    std::string bytes;
};

struct RefusedRow {
    std::int64_t row = 0;
    std::string why;
};

struct ImportedPiece {
    std::uint64_t consumed = 0;
    std::int64_t rows = 0;
    std::vector<RefusedRow> refused;
    std::string state;
    std::int64_t fresh = 0, known = 0;  ///< observations that were new, and that were there already
};

struct FileReport {
    std::int64_t rows = 0, refused_rows = 0, fresh = 0, known = 0;
    std::vector<RefusedRow> refused;  ///< the first of them
};

class Importers {
 public:
    virtual ~Importers() = default;
    /// Errors: not_found (no such plugin or format), unavailable, and the plugin's own; nothing of the piece
    /// was kept then.
    virtual Task<Result<ImportedPiece>> import_piece(std::string plugin, ImportPiece piece) = 0;
};

/// The whole file. What was read before an error stays: importing the file again changes nothing that is
/// there.
Task<Result<FileReport>> import_file(Importers& importers, std::string plugin, std::string format,
                                     std::string name, std::string bytes);

}  // namespace candour::flow
