/// Who is writing about which item (schemas/http/openapi.yaml, `OpenDraft`).
#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <vector>

#include "edge/json/time_value.hpp"
#include "flow/loop/open_drafts.hpp"

namespace candour::json {

inline boost::json::array drafts_document(const std::vector<flow::OpenDraft>& drafts) {
    boost::json::array rows;
    for (const flow::OpenDraft& one : drafts)
        rows.push_back(boost::json::object{{"item", one.item.text()},
                                           {"holder", one.holder},
                                           {"name", one.name},
                                           {"step", one.step},
                                           {"since", time_or_null(one.since)}});
    return rows;
}

}  // namespace candour::json
