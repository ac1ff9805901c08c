/// The relationship_nps plugin on a desk: linked into the test, driven through the SDK's test host.
#pragma once
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <string>

#include "driven_plugin.hpp"

namespace candour::relationship_nps {

inline constexpr const char* kMessage = "msg_00000000000000000000000001";

class Desk : public ::testing::Test {
 protected:
    using Fields = std::map<std::string, std::string>;

    void SetUp() override {
        host.grants = {"ingest:relationship.answer", "ingest:advocacy.declared", "subject:names"};
        const Done started = plugin.start();
        ASSERT_TRUE(started) << started.error().message;
    }
    static boost::json::object request(const std::string& language = "en") {
        return {{"query", boost::json::object{}},
                {"form", boost::json::object{}},
                {"language", language},
                {"organisation", "Halden Systems"},
                {"form_action", "/s/token"},
                {"form_fields", "<input type=\"hidden\" name=\"nonce\" value=\"n&amp;1\">"},
                {"loop_url", ""},
                {"hear_days", 0},
                {"key", "job-1"},
                {"answer_class", "unverified"},
                {"subject", boost::json::object{{"message", kMessage},
                                                {"about", "relationship-1"},
                                                {"contact_name", "Ana Ortiz"},
                                                {"answered", false}}}};
    }
    sdk::testing::Page get(boost::json::object asked, const Fields& query = {}) {
        for (const auto& [name, value] : query) asked["query"].as_object()[name] = value;
        asked["method"] = "GET";
        return plugin.view("answer", boost::json::serialize(asked)).value_or({});
    }
    sdk::testing::Page post(boost::json::object asked, const Fields& form) {
        for (const auto& [name, value] : form) asked["form"].as_object()[name] = value;
        asked["method"] = "POST";
        const auto page = plugin.submit("answer", boost::json::serialize(asked));
        if (!page) last_error = page.error();
        return page.value_or({});
    }
    Result<boost::json::object> letter(const std::string& language, const std::string& facts,
                                       const std::string& kind = "invitation") {
        const Result<std::string> document = plugin.compose(kind, language, facts);
        if (!document) return document.error();
        return boost::json::parse(*document).as_object();
    }
    boost::json::object fact(std::size_t i) const {
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

}  // namespace candour::relationship_nps
