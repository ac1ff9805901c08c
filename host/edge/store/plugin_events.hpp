/// What plugins hear of what happens here: a job of the journal for each one that wants to, in the
/// transaction of what happened. So it comes again until the plugin has taken it, and ends with the dead
/// letters if it never does.
#pragma once
#include <string>
#include <string_view>

#include "core/instant.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

struct PluginEvent {
    std::string_view kind;  ///< contact.erased, mail.status
    std::string key;        ///< the same for the same thing
    std::string payload;    ///< JSON
    std::string only;       ///< this plugin; empty: all that want to hear of it
    core::Instant at;
};

void tell_plugins(Session& session, const PluginEvent& event);

}  // namespace candour::store
