#include "edge/http/routes/rules.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "core/feedback/text.hpp"
#include "core/feedback/words.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/json/rules_document.hpp"
#include "edge/json/time_text.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr std::size_t kExamples = 20;

bj::object set_document(const flow::RuleSet& set) {
    bj::object document = json::rules_document(set.rules);
    document["version"] = set.rules.version;
    document["note"] = set.note;
    document["set_by"] = set.set_by;
    document["set_at"] =
        core::happened(set.set_at) ? bj::value(json::to_rfc3339(set.set_at)) : bj::value(nullptr);
    return document;
}

Response with_version(Response response, std::int64_t version) {
    response.set("ETag", "\"" + std::to_string(version) + "\"");
    return response;
}

bj::array tried_documents(const std::vector<flow::TriedAnswer>& answers) {
    bj::array all;
    for (const flow::TriedAnswer& answer : answers)
        all.push_back(bj::object{
            {"at", json::to_rfc3339(answer.at)},
            {"contact", answer.contact},
            {"score", answer.score ? bj::value(*answer.score) : bj::value(nullptr)},
            {"verbatim", answer.verbatim},
            {"item", answer.item > 0 ? bj::value("LP-" + std::to_string(answer.item)) : bj::value(nullptr)},
            {"rule", answer.rule}});
    return all;
}

bj::object trial_document(const flow::RuleTrial& trial, core::Instant since) {
    return {{"since", json::to_rfc3339(since)},
            {"answers", trial.answers},
            {"complete", trial.complete},
            {"raised_by_rules_in_force", trial.raised_now},
            {"raised_by_these_rules", trial.raised_then},
            {"newly_raised", trial.newly},
            {"no_longer_raised", trial.no_longer},
            {"newly_raised_examples", tried_documents(trial.newly_examples)},
            {"no_longer_raised_examples", tried_documents(trial.no_longer_examples)}};
}

std::string in(const core::Content& content, const char* key) {
    const auto found = content.find(key);
    return found == content.end() ? std::string() : found->second;
}

std::int64_t version_in(const core::Content& content) {
    const std::string text = in(content, "rules");
    std::int64_t version = 0;
    std::from_chars(text.data(), text.data() + text.size(), version);
    return version;
}

/// The answer as the rules saw it, from what the ledger keeps of it.
core::AnswerFacts facts_in(const core::Content& content, const std::string& source) {
    const std::string verbatim = in(content, "verbatim");
    const Result<int> score = core::read_score("score", in(content, "score"));
    core::AnswerFacts facts{source,
                            in(content, "kind"),
                            score ? std::optional(*score) : std::nullopt,
                            !verbatim.empty(),
                            in(content, "contact_me") == "yes",
                            core::value_of(core::kLevels, in(content, "level")),
                            core::value_of(core::kSegments, in(content, "segment")),
                            core::words_of(verbatim),
                            {},
                            {}};
    return facts;
}

bj::object explanation(const flow::ItemView& view, const flow::RuleSet& set, const core::AnswerFacts& facts,
                       const core::Content& content) {
    bj::object decided;
    for (const auto& [property, name] : core::kRuleProperties) {
        const std::string rule = in(content, ("rule_" + std::string(name)).c_str());
        decided[name] = rule.empty() ? bj::value(nullptr) : bj::value(rule);
    }
    const core::Verdict verdict = core::judge(set.rules, facts);
    bj::array trace;
    for (const core::Rule& rule : set.rules.list) {
        const char* failed = core::mismatch(rule.when, facts);
        bj::array decides;
        for (const auto& [property, name] : core::kRuleProperties)
            if (verdict.of(property) == &rule) decides.emplace_back(name);
        trace.push_back(bj::object{{"name", rule.name},
                                   {"fits", failed == nullptr},
                                   {"failed", failed == nullptr ? bj::value(nullptr) : bj::value(failed)},
                                   {"decides", std::move(decides)}});
    }
    return {{"item", view.item.id.text()},
            {"alias", "LP-" + std::to_string(view.number)},
            {"version", set.rules.version},
            {"decided", std::move(decided)},
            {"rules", std::move(trace)}};
}

}  // namespace

void RuleRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/rules",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(
        Method::put, "/api/v1/rules",
        identity.required([this](Request r, flow::Caller c) { return set(std::move(r), std::move(c)); },
                          flow::Scope::admin));
    router.add(Method::post, "/api/v1/rules/test",
               identity.required([this](Request r, const flow::Caller&) { return test(std::move(r)); },
                                 flow::Scope::read));
    router.add(Method::get, "/api/v1/items/{item}/rules",
               identity.required([this](Request r, const flow::Caller&) { return explain(std::move(r)); }));
}

flow::Task<Response> RuleRoutes::show(Request request) {
    auto reading = book_.in_force();
    const Result<flow::RuleSet> set = co_await std::move(reading);
    if (!set) co_return Response::problem(set.error(), request.path);
    co_return with_version(Response::json(200, set_document(*set)), set->rules.version);
}

flow::Task<Response> RuleRoutes::set(Request request, flow::Caller caller) {
    const Result<std::optional<std::int64_t>> version = if_match(request);
    if (!version) co_return to_response(bad_request(version.error().message));
    if (!*version) co_return to_response(version_required());
    const Result<JsonBody> body = JsonBody::read(request, {"rules", "note"});
    if (!body && body.error().code == ErrorCode::unsupported)
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<std::string> note = body->text("note");
    if (!note) co_return Response::problem(note.error(), request.path);
    if (Done words = core::check_text("note", *note, core::kMaxLine); !words)
        co_return Response::problem(words.error(), request.path);
    Result<core::Rules> rules = json::read_rules("{\"rules\":" + body->part("rules") + "}");
    if (!rules) co_return Response::problem(rules.error(), request.path);
    auto setting =
        book_.set(std::move(*rules), std::move(*note), flow::Doer::of(caller), **version, clock_.now());
    const Result<flow::RuleSet> fresh = co_await std::move(setting);
    if (fresh) co_return with_version(Response::json(200, set_document(*fresh)), fresh->rules.version);
    if (fresh.error().code != ErrorCode::conflict) co_return Response::problem(fresh.error(), request.path);
    auto reading = book_.in_force();
    const Result<flow::RuleSet> current = co_await std::move(reading);
    if (!current) co_return Response::problem(current.error(), request.path);
    co_return to_response(stale_version(**version, current->rules.version, set_document(*current)));
}

flow::Task<Response> RuleRoutes::test(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"rules", "since"});
    if (!body && body.error().code == ErrorCode::unsupported)
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<std::string> text = body->text("since");
    if (!text) co_return Response::problem(text.error(), request.path);
    const Result<core::Instant> since =
        json::from_rfc3339("since", text->size() == 10 ? *text + "T00:00:00Z" : *text);
    if (!since) co_return Response::problem(since.error(), request.path);
    Result<core::Rules> rules = core::built_in_rules();
    if (body->has("rules")) {
        rules = json::read_rules("{\"rules\":" + body->part("rules") + "}");
    } else {
        auto reading = book_.in_force();
        const Result<flow::RuleSet> set = co_await std::move(reading);
        rules = set ? Result<core::Rules>(set->rules) : Result<core::Rules>(set.error());
    }
    if (!rules) co_return Response::problem(rules.error(), request.path);
    auto trying = book_.try_on_past(std::move(*rules), *since, kExamples);
    const Result<flow::RuleTrial> trial = co_await std::move(trying);
    if (!trial) co_return Response::problem(trial.error(), request.path);
    co_return Response::json(200, trial_document(*trial, *since));
}

flow::Task<Response> RuleRoutes::explain(Request request) {
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(request.parameter("item"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    auto finding = items_.find(*ref);
    const Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    auto reading = items_.history(view->item.id);
    const Result<std::vector<flow::HistoryEntry>> history = co_await std::move(reading);
    if (!history) co_return Response::problem(history.error(), request.path);
    if (history->empty() || history->front().erased)
        co_return Response::problem(
            Error{ErrorCode::not_found,
                  "what raised " + view->item.id.text() + " was erased; nothing is left to explain"},
            request.path);
    const core::Content& content = history->front().event.content;
    auto looking = book_.find(version_in(content));
    const Result<flow::RuleSet> set = co_await std::move(looking);
    if (!set) co_return Response::problem(set.error(), request.path);
    co_return Response::json(200, explanation(*view, *set, facts_in(content, view->item.source), content));
}

}  // namespace candour::http
