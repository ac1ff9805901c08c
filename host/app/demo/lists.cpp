#include "app/demo/lists.hpp"

#include <boost/json.hpp>

#include "app/cli/output.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::demo {

Result<boost::json::array> whole_list(const cli::Api& api, const std::string& name) {
    boost::json::array all;
    std::string cursor;
    do {
        const std::string target = "/api/v1/" + name + "?limit=500" +
                                   (cursor.empty() ? "" : "&cursor=" + http::percent_encode(cursor));
        const Result<boost::json::value> page = api.get(target);
        if (!page) return page.error();
        for (const boost::json::value& one : cli::list_at(*page, name)) all.push_back(one);
        cursor = cli::text_at(*page, "next");
    } while (!cursor.empty());
    return all;
}

}  // namespace candour::app::demo
