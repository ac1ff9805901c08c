/// Where the lines of an export come from: documents, a page at a time, until there are no more.
#pragma once
#include <boost/json/object.hpp>

#include <memory>
#include <vector>

#include "edge/http/routes/export_table.hpp"
#include "edge/http/routes/listing.hpp"
#include "flow/clock.hpp"
#include "flow/exports/exports.hpp"
#include "flow/relationship/directory.hpp"

namespace candour::http {

class ExportSource {
 public:
    using Documents = std::vector<boost::json::object>;

    virtual ~ExportSource() = default;
    /// Empty: those were all.
    virtual flow::Task<Result<Documents>> next() = 0;
};

struct ExportNeeds {
    flow::Exports& exports;
    flow::Directory& directory;
    const flow::Clock& clock;
};

/// `request` is asked for the filters that the list of this kind has. Errors: invalid.
Result<std::unique_ptr<ExportSource>> export_source(ExportKind kind, const Request& request,
                                                    const ExportNeeds& needs);
/// What every export understands beside its filters.
inline constexpr std::string_view kExportOptions[] = {"format", "excel"};

}  // namespace candour::http
