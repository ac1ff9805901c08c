#include <candour/plugin.hpp>
using namespace candour;

/// Puts messages where another program fetches them: replace `hand_over` by the channel of yours.
class MyPlugin {
 public:
    explicit MyPlugin(sdk::Host host) : host_(host) {}

    Result<std::string> deliver(const sdk::Call&, std::string_view message_json) {
        const std::string id = text_at(message_json, "id");
        if (id.empty()) return Error{ErrorCode::invalid, "expected a message with an id, found none"};
        const Done handed = hand_over(id, message_json);
        // Unavailable and exhausted come again later; every other error ends this message's way.
        if (!handed) return handed.error();
        return R"({"fate": "handed_over", "detail": "kept as outbox.)" + id + "\"}";
    }

 private:
    /// The id is the same on every try: what is there already was handed over by an earlier one.
    Done hand_over(const std::string& id, std::string_view message_json) {
        const auto kept = host_.kv().put("outbox." + id, message_json, 0);
        if (!kept && kept.error().code != ErrorCode::conflict) return kept.error();
        return done();
    }
    /// The text behind "name". Enough for an id; a plugin that reads more brings a JSON library.
    static std::string text_at(std::string_view json, std::string_view name) {
        const std::size_t key = json.find("\"" + std::string(name) + "\":");
        const std::size_t from = key == json.npos ? key : json.find('"', key + name.size() + 3);
        if (from == json.npos) return {};
        return std::string(json.substr(from + 1, json.find('"', from + 1) - from - 1));
    }

    sdk::Host host_;
};
CANDOUR_PLUGIN(MyPlugin)
