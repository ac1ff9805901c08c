#include "edge/http/routes/export_table.hpp"

#include <boost/json.hpp>

#include <vector>

#include "edge/csv/writer.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// What stands in a column: a member, the field of what was said last about a step in this round, or that
/// field of all entries of a list, a line each.
enum class From : std::uint8_t { member, statement, promise, lines };

struct Column {
    std::string_view name;
    From from;
    std::string_view where;  ///< a member as a/b, a step, or a list
    std::string_view field = {};
};

constexpr Column member(std::string_view name, std::string_view where = {}) {
    return {name, From::member, where.empty() ? name : where};
}

constexpr Column kItems[] = {
    member("alias"),
    member("id"),
    member("state"),
    member("round"),
    member("account_id", "account/id"),
    member("account", "account/name"),
    member("contact_id", "contact/id"),
    member("contact", "contact/name"),
    member("owner_id", "owner/id"),
    member("owner", "owner/name"),
    member("segment"),
    member("source"),
    member("topic"),
    member("theme"),
    member("score"),
    member("verbatim"),
    {"heard", From::statement, "heard", "text"},
    {"decided", From::statement, "decided", "text"},
    {"will_change", From::statement, "decided", "will_change"},
    {"why", From::statement, "decided", "why"},
    {"trade_off", From::statement, "decided", "trade_off"},
    {"decided_by", From::statement, "decided", "decided_by"},
    {"changed", From::statement, "changed", "text"},
    {"link", From::statement, "changed", "link"},
    {"went_wrong", From::statement, "changed", "went_wrong"},
    {"learned", From::statement, "changed", "learned"},
    {"prevention", From::statement, "changed", "prevention"},
    {"promise", From::promise, "promises", "promise"},
    {"promised_by", From::promise, "promises", "due_at"},
    {"promise_standing", From::promise, "promises", "standing"},
    {"notes", From::lines, "notes", "text"},
    member("our_failure"),
    member("evidence", "evidence/strength"),
    member("evidence_source", "evidence/source"),
    member("raised_at"),
    member("heard_at"),
    member("decided_at"),
    member("changed_at"),
    member("told_at"),
    member("closed_at"),
    member("due_hear", "due/hear"),
    member("due_decide", "due/decide"),
    member("due_change", "due/change"),
    member("due_tell", "due/tell"),
    member("answer_pending"),
    member("quiet"),
    member("merged_into"),
};

constexpr Column kAnswers[] = {
    member("seq"),
    member("source"),
    member("kind"),
    member("about"),
    member("account_id", "account/id"),
    member("account", "account/name"),
    member("contact_id", "contact/id"),
    member("contact", "contact/name"),
    member("score"),
    member("class"),
    member("verbatim"),
    member("language"),
    member("contact_me"),
    member("may_quote"),
    member("occurred_at"),
    member("received_at"),
    member("answers"),
    member("email", "contact/email"),
};

constexpr Column kContacts[] = {
    member("id"),
    member("account_id", "account"),
    member("account", "account_name"),
    member("email"),
    member("name"),
    member("level"),
    member("roles"),
    member("language"),
    member("zone"),
    member("active"),
};

constexpr Column kAccounts[] = {
    member("id"),
    member("ref"),
    member("name"),
    member("segment"),
    member("owner_id", "owner"),
    member("renewal_on"),
    member("annual_revenue"),
};

constexpr Column kPromises[] = {
    member("alias"),   member("id"),         member("item"),     member("round"),      member("promise"),
    member("source"),  member("due_at"),     member("standing"), member("settled_at"), member("account_id"),
    member("account"), member("contact_id"), member("contact"),  member("owner_id"),   member("owner"),
};

constexpr Column kLedgers[] = {
    member("alias"),          member("item"),          member("n"),
    member("round"),          member("event"),         member("at"),
    member("by_id", "by/id"), member("by", "by/name"), member("hash"),
    member("erased"),         member("content"),
};

std::span<const Column> columns_of(ExportKind kind) {
    switch (kind) {
        case ExportKind::items:
            return kItems;
        case ExportKind::answers:
            return kAnswers;
        case ExportKind::contacts:
            return kContacts;
        case ExportKind::accounts:
            return kAccounts;
        case ExportKind::ledgers:
            return kLedgers;
        case ExportKind::promises:
            break;
    }
    return kPromises;
}

const bj::value* find(const bj::object& document, std::string_view path) {
    const std::size_t slash = path.find('/');
    const bj::value* found = document.if_contains(path.substr(0, slash));
    if (slash == std::string_view::npos || found == nullptr) return found;
    return found->is_object() ? find(found->get_object(), path.substr(slash + 1)) : nullptr;
}

std::string cell_of(const bj::value* value) {
    if (value == nullptr || value->is_null()) return {};
    if (value->is_string()) return csv::harmless({value->get_string().data(), value->get_string().size()});
    if (!value->is_array())
        return value->is_object() && value->get_object().empty() ? "" : bj::serialize(*value);
    std::string all;
    for (const bj::value& each : value->get_array())
        all += (all.empty() ? "" : "; ") +
               (each.is_string() ? std::string(each.get_string()) : bj::serialize(each));
    return csv::harmless(all);
}

bool is(const bj::object& entry, const char* name, std::string_view text) {
    const bj::value* found = entry.if_contains(name);
    return found != nullptr && found->is_string() && std::string_view(found->get_string()) == text;
}

/// The last entry of this round; of a step, when one is named.
const bj::value* last_said(const bj::object& document, std::string_view list, std::string_view step,
                           std::string_view field) {
    const bj::value* found = nullptr;
    for (const bj::value& each : document.at(list).as_array()) {
        const bj::object& entry = each.as_object();
        if (entry.at("round") == document.at("round") && (step.empty() || is(entry, "step", step)))
            found = entry.if_contains(field);
    }
    return found;
}

std::string lines_of(const bj::object& document, const Column& column) {
    std::string all;
    for (const bj::value& each : document.at(column.where).as_array())
        if (const bj::value* text = each.as_object().if_contains(column.field))
            all += (all.empty() ? "" : "\n") + std::string(text->as_string());
    return csv::harmless(all);
}

std::string cell(const bj::object& document, const Column& column) {
    switch (column.from) {
        case From::member:
            return cell_of(find(document, column.where));
        case From::statement:
            return cell_of(last_said(document, "statements", column.where, column.field));
        case From::promise:
            return cell_of(last_said(document, column.where, {}, column.field));
        case From::lines:
            break;
    }
    return lines_of(document, column);
}

}  // namespace

std::string csv_header(ExportKind kind) {
    std::vector<std::string> names;
    for (const Column& column : columns_of(kind)) names.emplace_back(column.name);
    std::string line;
    csv::append_line(line, names);
    return line;
}

void append_csv(std::string& out, ExportKind kind, const bj::object& document) {
    std::vector<std::string> cells;
    for (const Column& column : columns_of(kind)) cells.push_back(cell(document, column));
    csv::append_line(out, cells);
}

}  // namespace candour::http
