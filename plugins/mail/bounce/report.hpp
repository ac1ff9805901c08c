/// message/delivery-status (RFC 3464), message/feedback-report (RFC 5965): groups of fields, divided by empty
/// lines.
#pragma once
#include <string_view>
#include <vector>

#include "bounce/bounce.hpp"

namespace candour::mail {

struct Group {
    Fields fields;
    std::size_t bytes = 0;
};

/// Each empty line ends a group, so that two of them make an empty one.
std::vector<Group> groups_of(std::string_view report);

/// The report inside the mail; nullptr when there is none.
const Leaf* delivery_report(const Letter& letter);
const Leaf* feedback_report(const Letter& letter);

/// One entry per recipient that failed or waits. `notice` is what the server told the reader, for reasons
/// that the report leaves out. Kind none when there is no report or it holds no recipient.
Returned read_delivery_report(const Letter& letter, std::string_view notice);
/// The same fields where a mail program flattened the report into text.
std::vector<Bounce> report_in_prose(std::string_view text, std::string_view notice);
Returned read_complaint(const Letter& letter);

/// The first of the returned mail's own fields; "" when it was not returned.
std::string returned_field(const Letter& letter, std::string_view name);

}  // namespace candour::mail
