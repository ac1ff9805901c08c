/// What somebody said about the file: the options of the command line and of a mapping file, as one document.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "moment.hpp"
#include "names.hpp"

namespace candour::imports {

/// A mapping, the same as a file or as options:
///     {"survey": "autumn", "as": "survey.answer", "zone": "Europe/Berlin", "dates": "day_first", "partial":
///     false,
///      "columns": {"score": "Q3", "comment": "Q4", "name": ["First", "Last"], "ignore": ["Internal"]}}
struct Wish {
    std::string from;    ///< the format
    std::string system;  ///< whose names of people these are; the format, but for people
    std::string survey;
    std::string stream = "survey.answer";
    std::string zone;  ///< of times that name none; empty: the organisation's
    DateOrder dates = DateOrder::unsaid;
    bool partial = false;
    /// Columns by what they hold. An empty list: no column does.
    std::map<Role, std::vector<std::string>> columns;

    bool is_mapped(Role role) const { return columns.contains(role); }
    /// What this system's names of people begin with; LimeSurvey's and free files' are those of one survey.
    std::string people_of() const;
};

/// `format` is the import, `options` the member of that name in the host's document; for people, options.from
/// says whose they are. Errors: invalid, with the place in the options.
Result<Wish> read_wish(std::string_view format, std::string_view options);

/// Names of roles as mappings have them.
std::string_view to_text(Role role);

}  // namespace candour::imports
