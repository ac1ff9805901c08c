/// A survey that one of us wants to answer before anybody else does, saved or not.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "shelf.hpp"

namespace candour::surveys {

/// Payload {"definition": {…}} or {"id": …, "version": …}, and {"message": "msg_…", "link": …, "language":
/// …}: the message that leads to it, and in which language it is to be shown (empty: the reader's). The reply
/// is
/// {"id": …, "mail": …}, the words of that message.
Result<std::string> offer_test(const Shelf& shelf, std::string_view payload);

}  // namespace candour::surveys
