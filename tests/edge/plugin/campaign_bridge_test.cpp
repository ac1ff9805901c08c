#include "edge/plugin/campaign_bridge.hpp"

#include <gtest/gtest.h>

namespace candour::plugin {
namespace {

flow::WordsRequest request() {
    return {"nps", "invitation", "en", "v1", "Ada \"A\" Lovett", "Moss", "Halden"};
}

TEST(FactsOfAMessage, NameNobodyWithoutTheGrant) {
    EXPECT_EQ(facts_document(request(), false),
              R"({"organisation":{"name":"Halden"},"about":"v1","contact":{},"account":{}})");
    EXPECT_EQ(
        facts_document(request(), true),
        R"({"organisation":{"name":"Halden"},"about":"v1","contact":{"name":"Ada \"A\" Lovett"},"account":{"name":"Moss"}})");
}

TEST(WordsOfAPlugin, FitTheirSchemaOrAreRefusedWithTheirPlaces) {
    EXPECT_TRUE(check_message(R"({"subject":"s","blocks":[{"type":"text","text":"t"},)"
                              R"({"type":"scale","from":0,"to":10,"lowest":"l","highest":"h"}]})"));
    const char* const wrong[] = {
        "",
        "no json",
        "[]",
        R"({"subject":"s"})",
        R"({"subject":"s","blocks":[]})",
        R"({"subject":"","blocks":[{"type":"text","text":"t"}]})",
        R"({"subject":"s","blocks":[{"type":"image","text":"t"}]})",
        R"x({"subject":"s","blocks":[{"type":"button","text":"t","link":"javascript:alert(1)"}]})x",
        R"({"subject":"s","blocks":[{"type":"answer","text":""}]})",
        R"({"subject":"s","blocks":[{"type":"answer","text":"t","link":"https://x"}]})",
        R"({"subject":"s","blocks":[{"type":"scale","from":0,"to":11,"lowest":"l","highest":"h"}]})",
        R"({"subject":"s","blocks":[{"type":"scale","from":0,"to":10,"lowest":"","highest":"h"}]})",
        R"({"subject":"s","blocks":[{"type":"scale","from":0,"to":10,"lowest":"l","highest":"h","link":"https://x"}]})",
        R"({"subject":"s","html":"<b>","blocks":[{"type":"text","text":"t"}]})",
        "{\"subject\":\"\xff\",\"blocks\":[{\"type\":\"text\",\"text\":\"t\"}]}",
    };
    for (const char* document : wrong) {
        const Done checked = check_message(document);
        ASSERT_FALSE(checked) << document;
        EXPECT_EQ(checked.error().code, ErrorCode::internal) << "it is the plugin's fault";
    }
    EXPECT_NE(check_message(R"({"subject":"s","html":1,"blocks":[{"type":"text","text":"t"}]})")
                  .error()
                  .message.find("html"),
              std::string::npos);
}

}  // namespace
}  // namespace candour::plugin
