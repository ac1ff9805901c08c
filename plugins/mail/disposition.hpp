/// What one mail means, as the document of schemas/json/disposition.schema.json.
#pragma once
#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "kind/machine.hpp"

namespace candour::mail {

/// A raw mail, and how it came.
boost::json::object disposition_of(std::string_view raw, const Envelope& envelope);
/// A text that comes alone, `html` or plain: a person's, without header.
boost::json::object disposition_of_text(std::string_view text, bool html);

}  // namespace candour::mail
