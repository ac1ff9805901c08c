/// The relationship_nps plugin on a desk: linked into the test, driven through the SDK's test host.
#pragma once
#include "plugins/page_desk.hpp"

namespace candour::relationship_nps {

inline constexpr const char* kMessage = "msg_00000000000000000000000001";

class Desk : public plugins::PageDesk {
 protected:
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
        return view("answer", std::move(asked), query);
    }
    sdk::testing::Page post(boost::json::object asked, const Fields& form) {
        return submit("answer", std::move(asked), form);
    }
    Result<boost::json::object> letter(const std::string& language, const std::string& facts,
                                       const std::string& kind = "invitation") {
        const Result<std::string> document = plugin.compose(kind, language, facts);
        if (!document) return document.error();
        return boost::json::parse(*document).as_object();
    }
};

}  // namespace candour::relationship_nps
