#include "plugins/mail/reader.hpp"

#include <fstream>
#include <sstream>

#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace candour::mail {
namespace {

namespace json = boost::json;

const valijson::Schema& schema() {
    static const auto compiled = [] {
        std::ifstream file(DISPOSITION_SCHEMA);
        std::ostringstream text;
        text << file.rdbuf();
        auto made = std::make_unique<valijson::Schema>();
        const json::value source = json::parse(text.str());
        const valijson::adapters::BoostJsonAdapter adapter(source);
        valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, *made);
        return made;
    }();
    return *compiled;
}

std::string problems_of(const json::value& document) {
    valijson::Validator validator;
    valijson::ValidationResults results;
    const valijson::adapters::BoostJsonAdapter adapter(document);
    std::string problems;
    if (validator.validate(schema(), adapter, &results)) return problems;
    for (const auto& error : results) problems += error.description + "\n";
    return problems;
}

}  // namespace

Result<std::string> Reader::ask(std::string_view raw, std::string_view envelope) {
    const cdr_plugin* found = candour_plugin_v1(CDR_ABI_MINOR);
    void* self = nullptr;
    sdk::Failure failure;
    if (const auto status = found->create(host.raw(), &self, failure.out())) return failure.take(status);
    const auto* role =
        static_cast<const cdr_collector*>(found->query(self, sdk::to_view(CDR_ROLE_COLLECTOR)));
    const cdr_call call{sizeof(cdr_call), 1, 1, 0};
    sdk::Buffer answer;
    const auto status = role->handle_mail(self, &call, sdk::to_bytes(raw), sdk::to_view(envelope),
                                          answer.out(), failure.out());
    found->destroy(self);
    if (status != CDR_OK) return failure.take(status);
    return answer.text();
}

json::object Reader::read(std::string_view raw, std::string_view envelope) {
    const Result<std::string> answer = ask(raw, envelope);
    if (!answer) {
        ADD_FAILURE() << answer.error().message;
        return {};
    }
    json::value document = json::parse(*answer);
    EXPECT_EQ(problems_of(document), "");
    return document.as_object();
}

std::string letter(std::string_view body, std::string_view more) {
    return "From: Ann Lee <ann@customer.example>\r\nTo: care@halden.example\r\nSubject: The export\r\n"
           "Message-ID: <1@customer.example>\r\n" +
           std::string(more) + "\r\n" + std::string(body);
}

}  // namespace candour::mail
