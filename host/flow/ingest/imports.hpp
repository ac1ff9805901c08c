/// Files that a plugin reads in: piece by piece, each piece a job of its own whose facts commit together.
/// What comes in is history: it raises no item and nobody is written to.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/feedback/observation.hpp"
#include "core/names.hpp"
#include "flow/task.hpp"

namespace candour::flow {

inline constexpr std::size_t kImportPiece = 1024 * 1024;
/// Rows that were refused and are named when a whole file came at once; the others are counted.
inline constexpr std::size_t kNamedRefusals = 100;

struct ImportPiece {
    std::string import;  ///< the format, one of the plugin's
    std::string name;    ///< of the file
    std::uint64_t offset = 0;
    bool last = false;
    std::string state = "null";  ///< what the plugin gave with the piece before (JSON)
    std::string bytes;
    std::string options = "{}";  ///< what somebody told the plugin about the file (JSON)
};

struct RefusedRow {
    std::int64_t row = 0;
    std::string why;
};

/// Somebody as the file knows them.
struct ImportedPerson {
    std::string id;       ///< a contact's id of ours, or the other system's own
    std::string email;    ///< lower case
    std::string account;  ///< its number or its name
    std::string name, language;

    bool named() const { return !id.empty() || !email.empty(); }
};

/// What a clock on some wall showed. `zone` empty: where the organisation lives.
struct WallTime {
    std::chrono::year_month_day on{};
    std::chrono::seconds at{0};
    std::string zone;
};

struct ImportedFact {
    core::Observation fact;  ///< its key empty: the row says nothing but who somebody is
    std::int64_t row = 0;
    ImportedPerson person;
    std::optional<WallTime> wall;  ///< in place of an instant
};

/// What a plugin read in a piece; nothing of it is kept yet.
struct ImportedPiece {
    std::uint64_t consumed = 0;
    std::int64_t rows = 0;
    std::vector<RefusedRow> refused;
    std::vector<std::string> notes;  ///< what somebody should know who imports this file
    std::string state;
    std::vector<ImportedFact> facts;
};

class Importers {
 public:
    virtual ~Importers() = default;
    /// Errors: not_found (no such plugin or format), unavailable, and the plugin's own.
    virtual Task<Result<ImportedPiece>> import_piece(std::string plugin, ImportPiece piece) = 0;
};

}  // namespace candour::flow
