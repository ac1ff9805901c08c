/// What each route shows of customers: one table of the whole house, so that whoever reads it knows what
/// somebody whose sight is limited (flow::Sight) can reach. A route that is not in it is refused to them.
#pragma once
#include <span>

#include "edge/http/message.hpp"
#include "flow/identity/sight.hpp"

namespace candour::http {

enum class Shows : std::uint8_t {
    house,  ///< nothing of customers
    own,    ///< what is named must lie within their sight; its handler leaves out what does not
    whole   ///< everybody's customers at once: not for whoever sees only some
};

/// Where a request names something.
struct Mention {
    enum class Where : std::uint8_t { path, body, query };
    Where where = Where::path;
    std::string_view name;
    flow::Thing thing = flow::Thing::item;
};

struct SightRule {
    Method method = Method::get;
    std::string_view pattern;
    Shows shows = Shows::whole;
    std::span<const Mention> mentions{};
};

/// None: nobody has said. HEAD is asked for as GET.
const SightRule* sight_rule(Method method, std::string_view pattern);
std::span<const SightRule> sight_rules();

}  // namespace candour::http
