/// The surveys plugin on a desk: linked into the test, driven through the SDK's test host.
#pragma once
#include "plugins/page_desk.hpp"

namespace candour::surveys {

inline constexpr const char* kDefinition = R"({
  "id": "autumn", "from": "Halden Systems", "readers": "Priya Raman and her team",
  "languages": {
    "en": {"question": "How likely are you to recommend Halden?", "intro": "Two minutes ago you met us."},
    "de": {"question": "Wie wahrscheinlich empfehlen Sie Halden weiter?", "thanks": "Herzlichen Dank!"}
  }
})";

class Desk : public plugins::PageDesk {
 protected:
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
        const std::string at(route(request));
        return view(at, std::move(request), query);
    }
    sdk::testing::Page post(boost::json::object request, const Fields& form) {
        const std::string at(route(request));
        return submit(at, std::move(request), form);
    }
    static std::string_view route(const boost::json::object& request) {
        return request.contains("subject") ? "personal" : "open";
    }
};

}  // namespace candour::surveys
