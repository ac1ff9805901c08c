/// Rows of a CSV file as accounts and contacts, each bad row with its reason. Pure: the file is read
/// elsewhere.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/relationship/people.hpp"

namespace candour::core {

/// A table as a CSV file holds it: `header` names the columns, `line` says where a row stands in the file.
struct TableRow {
    int line = 0;
    std::vector<std::string> cells;
};
struct Table {
    std::vector<std::string> header;
    std::vector<TableRow> rows;
};

struct AccountRow {
    int line = 0;
    Account account;
    std::string owner_email;
    std::string owner_name;
};
struct ContactRow {
    int line = 0;
    Contact contact;
    std::string account_ref;
    std::string known_since;                         ///< YYYY-MM-DD or empty: since today
    std::optional<std::vector<std::string>> tags{};  ///< without the column they stay as they are
};
struct RowProblem {
    int line = 0;
    std::string reason;
    friend bool operator==(const RowProblem&, const RowProblem&) = default;
};

template <class Row>
struct Import {
    std::vector<Row> rows;
    std::vector<RowProblem> problems;
};

/// Columns: ref*, name*, segment, owner_email, owner_name, renewal_on, annual_revenue. Errors: invalid when a
/// starred column is missing or a column is unknown, so that a typo in a header never drops data in silence.
Result<Import<AccountRow>> read_accounts(const Table& table);
/// Columns: account_ref*, name*, email, level, language, zone, active, known_since, tags (separated by
/// semicolons).
Result<Import<ContactRow>> read_contacts(const Table& table);

}  // namespace candour::core
