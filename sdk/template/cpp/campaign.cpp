#include <candour/plugin.hpp>
using namespace candour;

/// Asks one question by mail and takes the answer on a page.
class MyPlugin {
 public:
    explicit MyPlugin(sdk::Host host) : host_(host) {}

    /// The words of one mail. The same facts must give the same words.
    Result<std::string> compose(const sdk::Call&, std::string_view kind, std::string_view, std::string_view) {
        const bool again = kind == "reminder";
        return std::string(R"({"subject": ")") +
               (again ? "Did you see our question?" : "One question for you") +
               R"(", "blocks": [{"type": "text", "text": "How likely are you to work with us again?"}, )" +
               R"({"type": "scale", "from": 0, "to": 10, "lowest": "not at all", "highest": "very likely"}]})";
    }

    Result<sdk::Response> handle_http(const sdk::Call&, const sdk::Request& request) {
        const std::string key = text_at(request.json, "key"), score = text_at(request.json, "a");
        if (key.empty()) return page(request.json, score);  // only an answer has a key
        if (!is_score(score)) return sdk::Response{400, "Please choose a number from 0 to 10."};
        const std::string message = text_at(request.json, "message");  // the link is personal: whom we asked
        const std::string subject = message.empty() ? "" : R"("subject": ")" + message + "\", ";
        const std::string fact = "{" + subject + R"("about": "my-plugin", "score": )" + score + "}";
        const Done kept = host_.ingest().put("my_plugin.answer", key, fact);
        if (!kept) return kept.error();
        return sdk::Response{200, "<!doctype html><title>Thank you</title><p>Thank you.",
                             "text/html; charset=utf-8", "en"};
    }

 private:
    static sdk::Response page(std::string_view request, std::string_view chosen) {
        const std::string html =
            "<!doctype html><title>One question</title><form method=\"post\" action=\"" +
            text_at(request, "form_action") +
            "\"><label>How likely are you to work with us again, from 0 to 10? <input name=\"a\" value=\"" +
            std::string(is_score(chosen) ? chosen : "") + "\"></label><button>Send</button>" +
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
