#include "edge/plugin/mail_bridge.hpp"

#include <boost/json.hpp>

#include "candour/border.hpp"
#include "edge/json/disposition.hpp"
#include "edge/plugin/json_schema.hpp"
#include "edge/plugin/text.hpp"
#include "json_schemas.hpp"

namespace candour::plugin {

namespace bj = boost::json;

namespace {

/// Whole text, reply and trimmed reply of the longest mail that is read, and room for escapes.
constexpr std::size_t kMaxDisposition = 4U << 20;

const JsonSchema& disposition_schema() {
    static const JsonSchema schema(schemas::json::disposition_schema_json);
    return schema;
}

Error broken_disposition(const std::string& message) {
    return Error{ErrorCode::internal, "the plugin's disposition: " + message};
}

/// JSON can hide a NUL in an escape; no database keeps it.
bool holds_nul(const bj::value& value) {
    if (const bj::string* text = value.if_string()) return text->find('\0') != bj::string::npos;
    if (const bj::array* items = value.if_array())
        return std::any_of(items->begin(), items->end(), holds_nul);
    if (const bj::object* object = value.if_object())
        return std::any_of(object->begin(), object->end(),
                           [](const auto& pair) { return holds_nul(pair.value()); });
    return false;
}

}  // namespace

std::string envelope_document(const std::string& sender, const std::vector<std::string>& recipients) {
    return bj::serialize(
        bj::object{{"sender", sender}, {"recipients", bj::array(recipients.begin(), recipients.end())}});
}

Result<flow::Reading> read_disposition_reply(std::string_view reply) {
    if (reply.size() > kMaxDisposition)
        return broken_disposition("expected at most 4 MiB, found " + std::to_string(reply.size()) + " bytes");
    if (!is_text(reply)) return broken_disposition("expected UTF-8 text without NUL");
    bj::error_code ec;
    const bj::value document = bj::parse(bj::string_view(reply.data(), reply.size()), ec);
    if (ec) return broken_disposition("expected JSON: " + ec.message());
    if (holds_nul(document)) return broken_disposition("a text holds a NUL character");
    if (const std::vector<std::string> problems = disposition_schema().problems(document); !problems.empty())
        return broken_disposition(problems.front());
    Result<core::Disposition> disposition = candour::json::read_disposition(reply);
    if (!disposition) return broken_disposition(disposition.error().message);
    return flow::Reading{std::string(reply), *std::move(disposition)};
}

void MailWork::run(Job& job) {
    sdk::Buffer reply;
    sdk::Failure failure;
    const cdr_call call = job.call();
    const cdr_bytes raw{reinterpret_cast<const std::uint8_t*>(bytes_.data()), bytes_.size()};
    const cdr_status returned =
        role_->handle_mail(self_, &call, raw, sdk::to_view(envelope_), reply.out(), failure.out());
    reading_ = returned == CDR_OK ? read_disposition_reply(reply.view())
                                  : Result<flow::Reading>(failure.take(returned));
}

}  // namespace candour::plugin
