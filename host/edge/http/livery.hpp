/// Customers' pages wear the organisation's colour and logo, whoever wrote the page: put on last, before the
/// policy that names the hash of the style.
#pragma once
#include <string>
#include <string_view>

#include "flow/brand/brand.hpp"

namespace candour::http {

/// Where the logo is; its digest follows, so that it can be kept for ever.
inline constexpr const char* kLogoPath = "/brand/logo";
/// What stands in a page that wears the logo. Only the host writes it: texts are escaped.
inline constexpr std::string_view kLogoElement = "<p class=\"livery\">";

/// Into the first style and after the first <main> of a whole page; a page without them stays as it is.
void dress(std::string& html, const flow::Brand& brand);

}  // namespace candour::http
