/// A plugin that shows pages, on a desk: linked into the test, driven through the SDK's test host.
#pragma once
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <string>

#include "driven_plugin.hpp"

namespace candour::plugins {

class PageDesk : public ::testing::Test {
 protected:
    using Fields = std::map<std::string, std::string>;

    sdk::testing::Page view(std::string_view route, boost::json::object request, const Fields& query) {
        for (const auto& [name, value] : query) request["query"].as_object()[name] = value;
        request["method"] = "GET";
        return plugin.view(route, boost::json::serialize(request)).value_or({});
    }
    sdk::testing::Page submit(std::string_view route, boost::json::object request, const Fields& form) {
        for (const auto& [name, value] : form) request["form"].as_object()[name] = value;
        request["method"] = "POST";
        const auto page = plugin.submit(route, boost::json::serialize(request));
        if (!page) last_error = page.error();
        return page.value_or({});
    }
    boost::json::object fact(std::size_t i = 0) const {
        return boost::json::parse(host.facts.at(i).json).as_object();
    }

    static std::size_t count(std::string_view page, std::string_view part) {
        std::size_t times = 0;
        for (std::size_t at = page.find(part); at != std::string_view::npos; at = page.find(part, at + 1))
            ++times;
        return times;
    }
    static bool has(const sdk::testing::Page& page, std::string_view part) {
        return count(page.body, part) > 0;
    }

    sdk::testing::FakeHost host;
    sdk::testing::DrivenPlugin plugin{host, candour_plugin_v1(CDR_ABI_MINOR)};
    Error last_error;
};

}  // namespace candour::plugins
