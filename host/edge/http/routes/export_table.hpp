/// The columns of an export as CSV: their names and their order are a promise (schemas/http/openapi.yaml),
/// new ones come last.
#pragma once
#include <boost/json/object.hpp>

#include <span>
#include <string>
#include <string_view>

#include "core/names.hpp"

namespace candour::http {

enum class ExportKind : std::uint8_t { items, answers, contacts, accounts, promises, ledgers };
inline constexpr core::NameTable<ExportKind, 6> kExportKinds{{{ExportKind::items, "items"},
                                                              {ExportKind::answers, "answers"},
                                                              {ExportKind::contacts, "contacts"},
                                                              {ExportKind::accounts, "accounts"},
                                                              {ExportKind::promises, "promises"},
                                                              {ExportKind::ledgers, "ledgers"}}};

enum class ExportFormat : std::uint8_t { csv, jsonl };
inline constexpr core::NameTable<ExportFormat, 2> kExportFormats{
    {{ExportFormat::csv, "csv"}, {ExportFormat::jsonl, "jsonl"}}};

/// The line with the names of the columns.
std::string csv_header(ExportKind kind);
/// One document of the export as a line. Texts that a spreadsheet would calculate are made harmless.
void append_csv(std::string& out, ExportKind kind, const boost::json::object& document);

}  // namespace candour::http
