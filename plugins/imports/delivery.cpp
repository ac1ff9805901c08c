#include "delivery.hpp"

#include <algorithm>

#include "characters.hpp"

namespace candour::imports {
namespace {

constexpr int kRowsAtOnce = 1'000;
constexpr std::size_t kBytesAtOnce = 1024 * 1024;
constexpr std::size_t kMaxWhy = 300;  // characters, as the host takes them

/// The beginning of a text, cut between two characters.
std::string_view at_most(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

}  // namespace

void Delivery::add(const Response& response) {
    const Result<std::string> row = row_json(response, wish_);
    if (!row) return refuse(response.row, row.error().message);
    add_row(wish_.stream, *row);
}

void Delivery::add_row(const std::string& stream, const std::string& row) {
    Batch& batch = batches_[stream];
    batch.rows += batch.rows.empty() ? "[" : ",";
    batch.rows += row;
    if (++batch.count == kRowsAtOnce || batch.rows.size() > kBytesAtOnce) flush(stream, batch);
}

void Delivery::flush(const std::string& stream, Batch& batch) {
    if (batch.count > 0 && failed_) failed_ = ingest_.put_batch(stream, batch.rows + "]");
    batch = {};
}

void Delivery::refuse(std::int64_t row, std::string_view why) {
    refused_ += refused_.empty() ? "{\"row\":" : ",{\"row\":";
    refused_ += std::to_string(row) + ",\"why\":";
    append_text(refused_, is_utf8(why) ? at_most(why, kMaxWhy) : "bytes that are no text");
    refused_ += '}';
}

void Delivery::note(std::string_view text) {
    const std::string_view kept = at_most(text, kMaxWhy);
    if (std::ranges::find(notes_, kept) == notes_.end()) notes_.emplace_back(kept);
}

Result<std::string> Delivery::reply(std::size_t consumed, const std::string& state) {
    for (auto& [stream, batch] : batches_) flush(stream, batch);
    if (!failed_) return failed_.error();
    std::string text = "{\"consumed\":" + std::to_string(consumed) + ",\"rows\":" + std::to_string(rows_) +
                       ",\"refused\":[" + refused_ + "],\"notes\":[";
    for (std::size_t i = 0; i < notes_.size(); ++i) {
        if (i > 0) text += ',';
        append_text(text, notes_[i]);
    }
    return text + "],\"state\":" + state + "}";
}

}  // namespace candour::imports
