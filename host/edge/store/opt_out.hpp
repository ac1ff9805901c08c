/// Somebody wants to be asked nothing any more. What came of what they said they still hear.
#pragma once
#include <string>

#include "edge/store/history.hpp"

namespace candour::store {

struct OptOut {
    ContactId contact;
    MessageId message;  ///< the one that made them say so, or empty
    std::string way;    ///< one_click, page or mail
};

/// Holds for everybody who reads the address, at whichever account it stands. Inside a transaction; once,
/// however often it is said.
void opt_out(Session& session, const OptOut& wish, ChangeTime when);
/// They may be asked again, all of them. Inside a transaction; nothing when nobody had opted out.
void opt_in(Session& session, const ContactId& contact, const std::string& address, ChangeTime when);

}  // namespace candour::store
