/// A survey that one of us tries before customers are asked: a mail with a link of its own kind, behind which
/// nothing is kept.
#include <boost/json.hpp>

#include "crypto/id_source.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/desk.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// What the route is told.
struct SurveyTest {
    bj::object wanted;  ///< for the plugin: a definition, or which one of its own
    std::string to, language;
};

Result<bj::object> survey_to_test(const JsonBody& body) {
    if (body.has("definition") == body.has("survey"))
        return Error{
            ErrorCode::invalid,
            "expected either `definition`, a survey as it stands in the editor, or `survey`, the id of "
            "one that was added"};
    if (body.has("definition")) {
        Result<bj::object> definition = body.object("definition");
        if (!definition) return definition.error();
        return bj::object{{"definition", *std::move(definition)}};
    }
    const Result<std::string> survey = body.text("survey");
    if (!survey) return survey.error();
    const Result<std::optional<std::int64_t>> version = body.number("version");
    if (!version) return version.error();
    if (version->value_or(1) < 1) return Error{ErrorCode::invalid, "version: expected a number from 1 on"};
    bj::object wanted{{"id", *survey}};
    if (*version) wanted["version"] = **version;
    return wanted;
}

Result<SurveyTest> survey_test_of(const JsonBody& body, const flow::Caller& caller) {
    SurveyTest test;
    Result<bj::object> wanted = survey_to_test(body);
    if (!wanted) return wanted.error();
    test.wanted = *std::move(wanted);
    const Result<std::string> to = body.text("to"), language = body.text("language");
    if (!to) return to.error();
    if (!language) return language.error();
    test.to = to->empty() ? caller.teammate.text() : *to;
    test.language = *language;
    if (test.to.empty())
        return Error{ErrorCode::invalid,
                     "to: expected the address of a teammate, since this token belongs to none of us"};
    return test;
}

struct TestMail {
    std::string survey, words;
};

Result<TestMail> test_mail_of(const std::string& reply) {
    boost::system::error_code bad;
    const bj::value said = bj::parse(reply, bad);
    const bj::object* object = bad ? nullptr : said.if_object();
    const bj::value* id = object ? object->if_contains("id") : nullptr;
    const bj::value* mail = object ? object->if_contains("mail") : nullptr;
    if (!id || !id->is_string() || !mail || !mail->is_object())
        return Error{ErrorCode::internal, R"(the plugin's test: expected {"id", "mail"})"};
    return TestMail{std::string(id->get_string()), bj::serialize(*mail)};
}

}  // namespace

flow::Task<Response> SurveyRoutes::test(Request request, flow::Caller caller) {
    const Result<JsonBody> body =
        JsonBody::read(request, {"definition", "survey", "version", "to", "language"});
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<SurveyTest> test = survey_test_of(*body, caller);
    if (!test) co_return Response::problem(test.error(), request.path);
    const core::Instant now = clock_.now();
    const MessageId message = crypto::new_id<MessageId>(now);
    const std::string url =
        policies_->public_url + "/t/" + tokens_.issue(crypto::LinkPurpose::survey_test, message);
    test->wanted["message"] = message.text();
    test->wanted["link"] = url;
    test->wanted["language"] = test->language;
    auto asking = collectors_.event(kPlugin, "survey.test", bj::serialize(test->wanted));
    const Result<std::string> reply = co_await std::move(asking);
    if (!reply) co_return Response::problem(reply.error(), request.path);
    Result<TestMail> mail = test_mail_of(*reply);
    if (!mail) co_return Response::problem(mail.error(), request.path);
    const TeammateId alone = caller.signed_in ? caller.teammate : TeammateId();
    flow::TestLink link{message, kPlugin, mail->survey, test->to, alone, mail->words, now};
    auto sending = links_.send_test(std::move(link));
    const Result<std::string> to = co_await std::move(sending);
    if (!to) co_return Response::problem(to.error(), request.path);
    const bj::object document{{"message", message.text()},
                              {"to", *to},
                              {"url", url},
                              {"expires_at", json::time_or_null(now + flow::kTestLifetime)}};
    co_return Response::json(202, document);
}

}  // namespace candour::http
