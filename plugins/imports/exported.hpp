/// `candour export answers` of another house, or of this one before it moved.
#pragma once
#include "delivery.hpp"
#include "layout.hpp"

namespace candour::imports {

/// What a spreadsheet would have calculated was written with an apostrophe in front; without it, the text is
/// again what somebody said.
std::string as_said(std::string_view cell);

void take_exported(const Layout& layout, const Cells& row, std::int64_t number, Delivery& delivery);

}  // namespace candour::imports
