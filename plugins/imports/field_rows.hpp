/// Formbricks' other export: a row per answer (submission_id, collected_at, field_id, field_type, value,
/// email, language). Rows of one submission stand together.
#pragma once
#include <vector>

#include "delivery.hpp"
#include "layout.hpp"

namespace candour::imports {

bool has_fields(const Layout& layout);
/// One more row; `pending` has those of the submission so far, and is handed over when another one begins.
void take_field(const Wish& wish, const Layout& layout, const Cells& row, std::int64_t number,
                std::vector<Cells>& pending, Delivery& delivery);
/// The submission is complete. `number`: its last row.
void take_fields(const Wish& wish, const Layout& layout, std::int64_t number, std::vector<Cells>& pending,
                 Delivery& delivery);

}  // namespace candour::imports
