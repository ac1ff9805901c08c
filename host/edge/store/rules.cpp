#include "edge/store/rules.hpp"

#include <set>

#include "candour_queries.hpp"
#include "edge/json/rules_document.hpp"
#include "edge/store/audit.hpp"
#include "log/log.hpp"

namespace candour::store {
namespace {

/// All teammates whom the rules name.
std::set<std::string> named_in(const core::Rules& rules) {
    std::set<std::string> all;
    for (const core::Rule& rule : rules.list) {
        if (!rule.then.owner.empty()) all.insert(rule.then.owner);
        all.insert(rule.then.watchers.begin(), rule.then.watchers.end());
    }
    return all;
}

Done check_people(Session& session, const core::Rules& rules) {
    for (const std::string& email : named_in(rules)) {
        std::string id, name;
        Call call = session.call(sql::relationship::find_teammate);
        call.with("email", email).into(id).into(name);
        if (!call.next())
            return Error{ErrorCode::invalid,
                         "rules: expected addresses of teammates, found \"" + email +
                             "\", whom nobody here is; candour teammate add makes them known"};
    }
    return done();
}

/// As the audit log says it; the documents themselves stay in their versions.
std::string rules_in_words(std::int64_t version, const std::string& note) {
    if (version == 0) return "the built-in ones";
    return "version " + std::to_string(version) + (note.empty() ? "" : ": " + note);
}

std::string note_of_rules(Session& session, std::int64_t version) {
    std::string document, note, set_by;
    long long number = 0, at = 0;
    Call call = session.call(sql::rules::find);
    call.with("version", version).into(number).into(document).into(note).into(set_by).into(at);
    return call.next() ? note : std::string();
}

Result<flow::RuleSet> add_rules(Session& session, flow::RuleSet set, std::int64_t seen,
                                const flow::Doer& doer) {
    const std::int64_t latest = latest_rules(session);
    if (latest != seen)
        return Error{ErrorCode::conflict, "rules: expected version " + std::to_string(seen) + ", found " +
                                              std::to_string(latest) + ": look at them again, then decide"};
    if (Done people = check_people(session, set.rules); !people) return people.error();
    set.rules.version = latest + 1;
    session.call(sql::rules::add)
        .with("version", set.rules.version)
        .with("document", json::write_rules(set.rules))
        .with("note", set.note)
        .with("set_by", set.set_by)
        .with("set_at", set.set_at)
        .run();
    write_down(session,
               {doer, "rules_set", "", rules_in_words(latest, note_of_rules(session, latest)),
                rules_in_words(set.rules.version, set.note)},
               set.set_at);
    return set;
}

}  // namespace

std::int64_t latest_rules(Session& session) {
    long long version = 0;
    Call call = session.call(sql::rules::latest_version);
    call.into(version);
    call.next();
    return version;
}

Result<flow::RuleSet> load_rules(Session& session, std::int64_t version) {
    if (version == 0) return flow::RuleSet{core::built_in_rules(), {}, {}, core::kNever};
    flow::RuleSet set;
    std::string document;
    long long number = 0, at = 0;
    Call call = session.call(sql::rules::find);
    call.with("version", version).into(number).into(document).into(set.note).into(set.set_by).into(at);
    if (!call.next())
        return Error{ErrorCode::not_found, "there are no rules of version " + std::to_string(version)};
    Result<core::Rules> rules = json::read_rules(document);
    if (!rules)
        return Error{ErrorCode::corrupt,
                     "rules of version " + std::to_string(version) + ": " + rules.error().message};
    set.rules = std::move(*rules);
    set.rules.version = number;
    set.set_at = core::from_us(at);
    return set;
}

const core::Rules& RulesInForce::look(Session& session) {
    const std::int64_t latest = latest_rules(session);
    if (latest == rules_.version) return rules_;
    Result<flow::RuleSet> set = load_rules(session, latest);
    if (set)
        rules_ = std::move(set->rules);
    else
        log::error("{}; the rules of version {} stay in force", set.error().message, rules_.version);
    return rules_;
}

flow::Task<Result<flow::RuleSet>> RuleBook::find(std::int64_t version) {
    std::function<Result<flow::RuleSet>(Session&)> work = [version](Session& session) {
        return load_rules(session, version);
    };
    auto pending = database_.read<flow::RuleSet>(std::move(work));
    Result<flow::RuleSet> set = co_await std::move(pending);
    co_return set;
}

flow::Task<Result<flow::RuleSet>> RuleBook::in_force() {
    std::function<Result<flow::RuleSet>(Session&)> work = [](Session& session) {
        return load_rules(session, latest_rules(session));
    };
    auto pending = database_.read<flow::RuleSet>(std::move(work));
    Result<flow::RuleSet> set = co_await std::move(pending);
    co_return set;
}

flow::Task<Result<flow::RuleSet>> RuleBook::set(core::Rules rules, std::string note, flow::Doer doer,
                                                std::int64_t seen, core::Instant now) {
    flow::RuleSet fresh{std::move(rules), std::move(note), doer.id, now};
    std::function<Result<flow::RuleSet>(Session&)> work = [fresh = std::move(fresh), doer = std::move(doer),
                                                           seen](Session& session) {
        return add_rules(session, fresh, seen, doer);
    };
    auto pending = database_.write<flow::RuleSet>(std::move(work));
    Result<flow::RuleSet> set = co_await std::move(pending);
    co_return set;
}

flow::Task<Result<flow::RuleTrial>> RuleBook::try_on_past(core::Rules rules, core::Instant since,
                                                          std::size_t examples) {
    std::function<Result<flow::RuleTrial>(Session&)> work =
        [rules = std::move(rules), since, examples](Session& session) -> Result<flow::RuleTrial> {
        const Result<flow::RuleSet> now = load_rules(session, latest_rules(session));
        if (!now) return now.error();
        return try_rules(session, now->rules, rules, since, examples);
    };
    auto pending = database_.read<flow::RuleTrial>(std::move(work));
    Result<flow::RuleTrial> trial = co_await std::move(pending);
    co_return trial;
}

}  // namespace candour::store
