/// Whether a file can stand on a page that customers open: a small picture and nothing else.
#pragma once
#include "flow/brand/brand.hpp"

namespace candour::http {

/// A logo travels with every first visit; more than this is a photograph.
inline constexpr std::size_t kLargestLogo = 128 * 1024;

/// The type is read from the bytes. SVG: no script, no handlers, nothing from elsewhere, no entities; PNG: up
/// to 2,000 pixels a side. Errors: invalid: what was found and what to do.
Result<flow::Logo> read_logo(std::string bytes);

}  // namespace candour::http
