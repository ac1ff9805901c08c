/// Character references of HTML: &amp; &#8217; &#x2019;
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

/// With its references replaced; what is none stays.
std::string without_references(std::string_view text);

}  // namespace candour::mail
