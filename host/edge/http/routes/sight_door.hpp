/// The door that somebody passes who sees only some customers: what they name must lie within their sight.
#pragma once
#include <optional>

#include "edge/http/message.hpp"
#include "edge/http/routes/sight_rules.hpp"
#include "flow/identity/sight.hpp"

namespace candour::http {

/// 403: it is about more than whoever sees only some customers may see.
Response beyond_sight(const Request& request, std::string detail);

class SightDoor {
 public:
    /// Without anybody to ask only what shows nothing of customers is open.
    explicit SightDoor(flow::Sights* sights) : sights_(sights) {}

    /// Why not; nothing: they may go on. What is called by an alias, or by an address that others have as
    /// well, is called by its id from here on, so that a handler finds what was looked at here and nothing
    /// else.
    flow::Task<std::optional<Response>> refuse(Request& request, const flow::Sight& sight) const;

 private:
    flow::Task<std::optional<Response>> look(Request& request, const flow::Sight& sight,
                                             const Mention& mention) const;

    flow::Sights* sights_;
};

}  // namespace candour::http
