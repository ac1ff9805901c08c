#include <charconv>

#include <candour/plugin.hpp>
using namespace candour;

/// Posts {"text": "…"} to the webhook of a chat room. What the room answers decides the message's fate.
class ChatWebhook {
 public:
    explicit ChatWebhook(sdk::Host host) : host_(host) {}

    Done start() {
        const Result<std::string> config = host_.config();
        if (!config) return config.error();
        webhook_ = quoted_at(*config, "webhook");
        if (webhook_.size() > 2) return done();
        return Error{ErrorCode::invalid,
                     "expected the room's address as \"webhook\" in the configuration, found none"};
    }

    Result<std::string> deliver(const sdk::Call&, std::string_view message) {
        const std::string text = quoted_at(message, "subject");
        if (text.empty()) return Error{ErrorCode::invalid, "expected a message with a subject, found none"};
        const std::string request = R"({"method": "POST", "url": )" + webhook_ +
                                    R"(, "headers": {"content-type": "application/json"}})";
        const Result<sdk::Fetched> answer = host_.egress().fetch(request, "{\"text\": " + text + "}");
        if (!answer) return lost(answer.error());
        return fate_of(status_in(answer->meta_json));
    }

 private:
    /// Nobody answered: later. No answer in time: it may stand in the room already, and nobody wants to read
    /// it twice.
    static Result<std::string> lost(const Error& error) {
        if (error.code == ErrorCode::deadline)
            return receipt("unknown", 0, "the room did not answer in time");
        return error;
    }
    static Result<std::string> fate_of(int status) {
        if (status >= 200 && status < 300) return receipt("handed_over", status, "the room took it");
        if (status == 429 || status >= 500) return receipt("deferred", status, "the room is busy");
        return receipt("rejected", status, "the room refused it; is the webhook still valid?");
    }
    static std::string receipt(std::string_view fate, int code, std::string_view detail) {
        return R"({"fate": ")" + std::string(fate) + R"(", "code": )" + std::to_string(code) +
               R"(, "detail": ")" + std::string(detail) + "\"}";
    }
    static int status_in(std::string_view meta) {
        constexpr std::string_view mark = "\"status\":";
        std::size_t at = meta.find(mark);
        if (at == meta.npos) return 0;
        for (at += mark.size(); at < meta.size() && meta[at] == ' ';) ++at;
        int status = 0;
        std::from_chars(meta.data() + at, meta.data() + meta.size(), status);
        return status;
    }
    /// The text behind "name" with its quotes and escapes, to be put into another document as it is.
    static std::string quoted_at(std::string_view json, std::string_view name) {
        std::size_t at = json.find("\"" + std::string(name) + "\":");
        if (at == json.npos || (at = json.find('"', at + name.size() + 3)) == json.npos) return {};
        std::size_t end = at + 1;
        while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
        return end < json.size() ? std::string(json.substr(at, end - at + 1)) : std::string();
    }

    sdk::Host host_;
    std::string webhook_;
};
CANDOUR_PLUGIN(ChatWebhook)
