/// The surveys plugin on a desk: linked into the test, driven through the SDK's test host.
#pragma once
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <string>

#include "driven_plugin.hpp"

namespace candour::surveys {

inline constexpr const char* kDefinition = R"({
  "id": "autumn", "from": "Halden Systems", "readers": "Priya Raman and her team",
  "languages": {
    "en": {"question": "How likely are you to recommend Halden?", "intro": "Two minutes ago you met us."},
    "de": {"question": "Wie wahrscheinlich empfehlen Sie Halden weiter?", "thanks": "Herzlichen Dank!"}
  }
})";

class Desk : public ::testing::Test {
 protected:
    using Fields = std::map<std::string, std::string>;

    void SetUp() override {
        host.grants = {"kv", "ingest:survey.answer"};
        const Done started = plugin.start();
        ASSERT_TRUE(started) << started.error().message;
        const auto added = plugin.event("survey.add", kDefinition);
        ASSERT_TRUE(added) << added.error().message;
    }

    static boost::json::object open_request(const std::string& survey = "autumn") {
        return {{"params", boost::json::object{{"survey", survey}}},
                {"query", boost::json::object{}},
                {"form", boost::json::object{}},
                {"language", "en"},
                {"form_action", "/c/surveys/" + survey},
                {"form_fields", "<input type=\"hidden\" name=\"trap\" value=\"t&amp;1\">"},
                {"loop_url", ""},
                {"key", "job-1"},
                {"answer_class", "unverified"}};
    }
    static boost::json::object personal_request() {
        boost::json::object request = open_request();
        request["params"] = boost::json::object{};
        request["subject"] = boost::json::object{{"message", "msg_00000000000000000000000001"},
                                                 {"about", "autumn"},
                                                 {"contact_name", "Ana Ortiz"},
                                                 {"answered", false}};
        request["loop_url"] = "/l/token";
        return request;
    }
    sdk::testing::Page get(boost::json::object request, const Fields& query = {}) {
        for (const auto& [name, value] : query) request["query"].as_object()[name] = value;
        request["method"] = "GET";
        return plugin.view(route(request), boost::json::serialize(request)).value_or({});
    }
    sdk::testing::Page post(boost::json::object request, const Fields& form) {
        for (const auto& [name, value] : form) request["form"].as_object()[name] = value;
        request["method"] = "POST";
        const auto page = plugin.submit(route(request), boost::json::serialize(request));
        if (!page) last_error = page.error();
        return page.value_or({});
    }
    static std::string_view route(const boost::json::object& request) {
        return request.contains("subject") ? "personal" : "open";
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

}  // namespace candour::surveys
