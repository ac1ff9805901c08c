/// Where somebody stands who began a survey by their personal link and has not ended it: the link leads back
/// there.
#pragma once
#include <boost/json.hpp>
#include <optional>

#include "candour/host.hpp"
#include "page.hpp"

namespace candour::surveys {

struct Begun {
    std::uint64_t version = 0;  ///< of the definition
    std::size_t page = 0;
    boost::json::object form;  ///< what was said, as fields
};

/// One survey for each person, the last that they began. It is a kindness, not a promise: when the store does
/// not take it, or has forgotten it after two months, the survey begins on its first page.
class BegunSurveys {
 public:
    explicit BegunSurveys(sdk::Host host) : host_(host) {}
    /// `view` is the page that comes next.
    void keep(const View& view) const;
    /// nullopt: they have not begun this one, or have ended it.
    std::optional<Begun> find(const Visit& visit) const;
    void end(const Visit& visit) const { forget(visit.subject("contact")); }
    void forget(std::string_view contact) const;

 private:
    sdk::Host host_;
};

}  // namespace candour::surveys
