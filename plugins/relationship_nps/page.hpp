/// The pages: plain HTML with one style element of one fixed text, so that the host can allow exactly that
/// style. Every text goes in escaped; the host's form fields and our style are the two exceptions.
#pragma once
#include "candour/host.hpp"
#include "definition.hpp"
#include "entry.hpp"
#include "request.hpp"

namespace candour::relationship_nps {

/// `failed`: the entry is not complete; the page says what is missing and keeps what was typed (422).
sdk::Response question_page(const Asked& asked, const Definition& definition, const Entry& entry,
                            bool failed);
/// What happens now, by when, and where it will stand.
sdk::Response thanks_page(const Asked& asked, const Entry& entry);
/// The link asks a version that does not exist (404).
sdk::Response missing_page(const Asked& asked);

}  // namespace candour::relationship_nps
