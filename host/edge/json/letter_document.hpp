/// A mail about an item, shown before it leaves (schemas/http/openapi.yaml, `Letter`).
#pragma once
#include <boost/json/object.hpp>

#include "flow/loop/item_store.hpp"

namespace candour::json {

inline boost::json::object letter_document(const flow::ItemView& view, const std::string& subject,
                                           const std::string& text, const std::string& html) {
    return {{"to", view.contact_name},
            {"address", view.contact_address},
            {"language", view.contact_language},
            {"subject", subject},
            {"text", text},
            {"html", html}};
}

}  // namespace candour::json
