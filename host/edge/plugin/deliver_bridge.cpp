#include "edge/plugin/deliver_bridge.hpp"

#include <boost/json.hpp>

#include "candour/border.hpp"
#include "core/names.hpp"
#include "edge/json/members.hpp"

namespace candour::plugin {

namespace json = boost::json;
using candour::json::text_at;

namespace {

constexpr core::NameTable<flow::Fate, 4> kFates{{
    {flow::Fate::handed_over, "handed_over"},
    {flow::Fate::deferred, "deferred"},
    {flow::Fate::rejected, "rejected"},
    {flow::Fate::unknown, "unknown"},
}};

flow::Outcome outcome(flow::Fate fate, std::string detail) {
    return {fate, 0, {}, std::move(detail)};
}

}  // namespace

std::string message_document(const flow::Outgoing& message) {
    return json::serialize(json::object{{"id", message.id.text()},
                                        {"channel", message.channel},
                                        {"sender", message.sender},
                                        {"recipient", message.recipient},
                                        {"content", message.content},
                                        {"attempt", message.attempt}});
}

flow::Outcome read_receipt(std::string_view text) {
    json::error_code ec;
    const json::value receipt = json::parse(json::string_view(text.data(), text.size()), ec);
    if (ec || !receipt.is_object())
        return outcome(flow::Fate::unknown, "the plugin's receipt is no JSON object");
    const json::object& object = receipt.get_object();
    const std::string name = text_at(object, "fate");
    const auto fate = core::value_of(kFates, name);
    if (!fate)
        return outcome(flow::Fate::unknown,
                       "the plugin's receipt has no fate that the host knows: \"" + name + "\"");
    flow::Outcome result = outcome(*fate, text_at(object, "detail"));
    result.status = text_at(object, "status");
    if (const json::value* code = object.if_contains("code"); code && code->is_int64())
        result.code = static_cast<int>(code->get_int64());
    return result;
}

flow::Outcome outcome_of(const Error& error) {
    switch (error.code) {
        case ErrorCode::unavailable:
        case ErrorCode::exhausted:
            return outcome(flow::Fate::deferred, error.message);
        case ErrorCode::invalid:
        case ErrorCode::not_found:
            return outcome(flow::Fate::rejected, error.message);
        default:
            return outcome(flow::Fate::unknown, error.message);
    }
}

void DeliverWork::run(Job& job) {
    const std::string document = message_document(message_);
    sdk::Buffer receipt;
    sdk::Failure failure;
    const cdr_call call = job.call();
    const cdr_status returned =
        role_->deliver(self_, &call, sdk::to_view(document), receipt.out(), failure.out());
    outcome_ = returned == CDR_OK ? read_receipt(receipt.view()) : outcome_of(failure.take(returned));
}

}  // namespace candour::plugin
