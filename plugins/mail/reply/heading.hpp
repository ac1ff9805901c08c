/// What stands above a message that is quoted whole: "-----Original Message-----", "Begin forwarded
/// message:", and the few header fields that Outlook and others copy, in many languages
/// (phrases/headings.txt).
#pragma once
#include <span>
#include <string_view>

namespace candour::mail {

/// How many lines from the first one on are such a heading; 0: none.
std::size_t heading_size(std::span<const std::string_view> lines);

}  // namespace candour::mail
