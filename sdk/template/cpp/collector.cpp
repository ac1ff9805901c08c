#include <candour/plugin.hpp>
using namespace candour;

/// One question from 0 to 10 on a page that anybody may open.
class MyPlugin {
 public:
    explicit MyPlugin(sdk::Host host) : host_(host) {}

    Result<sdk::Response> handle_http(const sdk::Call&, const sdk::Request& request) {
        const std::string score = text_at(request.json, "score");
        if (text_at(request.json, "key").empty()) return page(request.json);  // only an answer has a key
        if (!is_score(score)) return sdk::Response{400, "Please choose a number from 0 to 10."};
        // The key comes from the request, so that the same request again is the same fact.
        const std::string fact = R"({"about": "mood", "score": )" + score + "}";
        const Done kept = host_.ingest().put("my_plugin.mood", text_at(request.json, "key"), fact);
        if (!kept) return kept.error();
        return sdk::Response{200, "<!doctype html><title>Thank you</title><p>Thank you.",
                             "text/html; charset=utf-8", "en"};
    }

 private:
    static sdk::Response page(std::string_view request) {
        const std::string html = "<!doctype html><title>How was it?</title><form method=\"post\" action=\"" +
                                 text_at(request, "form_action") +
                                 "\"><label>How was it, from 0 to 10? <input name=\"score\"></label>"
                                 "<button>Send</button>" +
                                 text_at(request, "form_fields") + "</form>";
        return sdk::Response{200, html, "text/html; charset=utf-8", "en"};
    }
    static bool is_score(std::string_view text) {
        return text == "10" || (text.size() == 1 && text[0] >= '0' && text[0] <= '9');
    }
    /// The text behind "name". Enough for this page; a plugin that reads more brings a JSON library.
    static std::string text_at(std::string_view json, std::string_view name) {
        std::size_t at = json.find("\"" + std::string(name) + "\":");
        if (at == json.npos || (at = json.find('"', at + name.size() + 3)) == json.npos) return {};
        std::string text;
        for (++at; at < json.size() && json[at] != '"'; ++at) {
            if (json[at] == '\\' && at + 1 < json.size()) ++at;  // \" and \/ are what the host writes here
            text += json[at];
        }
        return text;
    }

    sdk::Host host_;
};
CANDOUR_PLUGIN(MyPlugin)
