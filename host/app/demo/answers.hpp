/// Answering a survey as a browser does: open the page, take a moment, press the button.
#pragma once
#include <boost/json/value.hpp>

#include <string>
#include <vector>

#include "app/cli/reach.hpp"

namespace candour::app::demo {

/// What somebody will answer, from answers.json, and the page that they have open.
struct Reader {
    const boost::json::value* answer = nullptr;
    std::string name;
    std::string language;
    std::string action;  ///< where the page's form goes
    std::vector<http::FormField> hidden;
};

/// Makes a personal link and opens it.
Result<Reader> open_page(const cli::Api& api, const std::string& survey, const boost::json::value& contact,
                         const boost::json::value& answer);
/// Returns when every page has been open long enough for a person to have read it: faster presses count as a
/// machine's.
void take_a_moment();
Done press(const cli::Api& api, const Reader& reader);

}  // namespace candour::app::demo
