/// The demo's customers at their browsers: they open a page, take a moment, and press a button.
#pragma once
#include <string>
#include <vector>

#include "app/cli/reach.hpp"
#include "edge/http/forms.hpp"

namespace candour::app::demo {

/// A page that somebody has open, and the form on it.
struct OpenPage {
    std::string name;  ///< whose
    std::string language;
    std::string action;  ///< where the form goes
    std::vector<http::FormField> hidden;
};

/// Opens the page behind a link. `button` is the value of a button in the form that is meant; empty: the
/// first form. Errors: not_found when the page has no such form now.
Result<OpenPage> open_page(const cli::Api& api, const std::string& url, OpenPage reader,
                           const std::string& button = {});

/// Returns when every page has been open long enough for a person to have read it: faster presses count as a
/// machine's.
void take_a_moment();

Done press(const cli::Api& api, const OpenPage& page, std::vector<http::FormField> filled_in);

}  // namespace candour::app::demo
