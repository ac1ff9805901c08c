#include "core/relationship/import.hpp"

#include "core/relationship/cells.hpp"
#include "core/relationship/tags.hpp"

namespace candour::core {
namespace {

Result<AccountRow> account_of(const Cells& cells, int line) {
    AccountRow row;
    row.line = line;
    row.account.ref = cell(cells, "ref");
    row.account.name = cell(cells, "name");
    for (const char* column : {"ref", "name"})
        if (Done words = check_words(column, cell(cells, column), kMaxLine); !words) return words.error();
    const Result<Segment> segment = choice(cells, "segment", kSegments, Segment::unclassified);
    if (!segment) return segment.error();
    row.account.segment = *segment;
    row.owner_email = lower(cell(cells, "owner_email"));
    row.owner_name = cell(cells, "owner_name");
    if (Done address = check_address("owner_email", row.owner_email); !address) return address.error();
    row.account.renewal_on = cell(cells, "renewal_on");
    if (Done date = check_date("renewal_on", row.account.renewal_on); !date) return date.error();
    const Result<std::int64_t> revenue = whole_amount(cells, "annual_revenue");
    if (!revenue) return revenue.error();
    row.account.annual_revenue = *revenue;
    return row;
}

Result<ContactRow> contact_of(const Cells& cells, int line) {
    ContactRow row;
    row.line = line;
    row.account_ref = cell(cells, "account_ref");
    row.contact.name = cell(cells, "name");
    for (const char* column : {"account_ref", "name"})
        if (Done words = check_words(column, cell(cells, column), kMaxLine); !words) return words.error();
    row.contact.email = lower(cell(cells, "email"));
    if (Done address = check_address("email", row.contact.email); !address) return address.error();
    const Result<Level> level = choice(cells, "level", kLevels, Level::operational);
    if (!level) return level.error();
    row.contact.level = *level;
    row.contact.language = cell(cells, "language");
    row.contact.zone = cell(cells, "zone");
    const Result<bool> active = yes_or_no(cells, "active");
    if (!active) return active.error();
    row.contact.active = *active;
    row.known_since = cell(cells, "known_since");
    if (Done date = check_date("known_since", row.known_since); !date) return date.error();
    if (!cells.contains("tags")) return row;
    Result<std::vector<std::string>> tags = clean_tags(split_tags(cell(cells, "tags")));
    if (!tags) return tags.error();
    row.tags = std::move(*tags);
    return row;
}

}  // namespace

Result<Import<AccountRow>> read_accounts(const Table& table) {
    static const std::vector<Column> columns{
        {"ref", true},         {"name", true},        {"segment", false},       {"owner_email", false},
        {"owner_name", false}, {"renewal_on", false}, {"annual_revenue", false}};
    return read_rows<AccountRow>(table, columns, account_of,
                                 [](const AccountRow& row) { return row.account.ref; });
}

Result<Import<ContactRow>> read_contacts(const Table& table) {
    static const std::vector<Column> columns{{"account_ref", true}, {"name", true},         {"email", false},
                                             {"level", false},      {"language", false},    {"zone", false},
                                             {"active", false},     {"known_since", false}, {"tags", false}};
    return read_rows<ContactRow>(table, columns, contact_of, [](const ContactRow& row) {
        return row.contact.email.empty() ? std::string() : row.account_ref + "\n" + row.contact.email;
    });
}

}  // namespace candour::core
