/// What the organisation decided once, in its configuration, and every step follows. Its name and colours
/// are the exception: they change while the host runs (flow/brand), and are read on its own thread alone.
#pragma once
#include <array>
#include <chrono>
#include <string>

#include "core/delivery/bounce.hpp"
#include "core/loop/patience.hpp"
#include "core/relationship/segment.hpp"

namespace candour::core {

struct Policies {
    std::string organisation = "Our company";
    std::string brand_colour;  ///< #rrggbb; empty: none
    std::string brand_text;    ///< what can be read on it
    std::string address_line;  ///< postal address at the foot of mails
    std::string public_url;    ///< https://feedback.example.com, without a slash at the end
    std::string privacy_url;
    std::string zone = "UTC";  ///< civil dates are taken here when a contact has no zone
    std::string language = "en";
    int fiscal_start_month = 1;      ///< 1 to 12: quarters are counted from it
    std::string default_owner;       ///< teammate's address when an account has none
    std::chrono::seconds undo{30};   ///< how long a closing message can be taken back
    Patience patience;               ///< when time alone speaks up
    SoftRule soft_bounces;           ///< when an address that is not there for now counts as gone
    std::chrono::minutes group{10};  ///< what one of us should know within it is one mail
    std::array<SegmentPolicy, 5> segments{default_policy(Segment::co_creator),
                                          default_policy(Segment::opportunity),
                                          default_policy(Segment::reliable), default_policy(Segment::edge),
                                          default_policy(Segment::unclassified)};

    const SegmentPolicy& of(Segment segment) const { return segments[static_cast<std::size_t>(segment)]; }
};

}  // namespace candour::core
