#include "flow/ingest/past_answers.hpp"

#include <map>

#include "core/feedback/raise_rule.hpp"
#include "crypto/digest.hpp"

namespace candour::flow {
namespace {

constexpr const char* kSource = "imports";
/// One transaction each: long enough to be fast, short enough that nobody waits behind it.
constexpr std::size_t kRowsAtOnce = 500;

/// Contacts by address and, where an address stands at several accounts, by account.
class Directory {
 public:
    Directory(const std::vector<core::Account>& accounts, std::vector<core::Contact> contacts)
        : contacts_(std::move(contacts)) {
        for (const core::Account& account : accounts) accounts_.emplace(account.ref, account.id.text());
        for (const core::Contact& contact : contacts_)
            if (!contact.email.empty()) by_address_.emplace(contact.email, &contact);
    }

    Result<const core::Contact*> find(const core::AnswerRow& row) const {
        const auto account = accounts_.find(row.account_ref);
        if (!row.account_ref.empty() && account == accounts_.end())
            return Error{ErrorCode::not_found,
                         "account_ref: there is no account \"" + row.account_ref + "\""};
        const core::Contact* found = nullptr;
        const auto [from, to] = by_address_.equal_range(row.email);
        for (auto at = from; at != to; ++at) {
            if (!row.account_ref.empty() && at->second->account.text() != account->second) continue;
            if (found != nullptr)
                return Error{ErrorCode::conflict, "contact: several accounts have \"" + row.email +
                                                      "\"; say which one in account_ref"};
            found = at->second;
        }
        if (found != nullptr) return found;
        return Error{ErrorCode::not_found,
                     "contact: there is no \"" + row.email + "\"" +
                         (row.account_ref.empty() ? "" : " at account \"" + row.account_ref + "\"") +
                         "; import contacts first"};
    }

 private:
    std::vector<core::Contact> contacts_;
    std::map<std::string, std::string> accounts_;
    std::multimap<std::string, const core::Contact*> by_address_;
};

std::string day_text(std::chrono::year_month_day day) {
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

/// The same words of the same person on the same day are one answer, however often the file comes.
std::string key_of(const core::AnswerRow& row, const core::Contact& contact) {
    if (!row.key.empty()) return row.key;
    std::string content;
    const auto add = [&content](const std::string& part) {
        content += std::to_string(part.size()) + ":" + part;
    };
    for (const std::string& part : {contact.id.text(), day_text(row.on), row.comment}) add(part);
    for (const std::optional<int>& number : {row.score, row.declared})
        add(number ? std::to_string(*number) : "");
    return "row-" + crypto::to_hex(crypto::sha256(content));
}

/// What both facts of a row share. A corrected row, later, takes the place of this one: same person, same
/// day.
core::Observation fact_of(const core::AnswerRow& row, const core::Contact& contact, const char* kind,
                          core::Instant at) {
    core::Observation fact;
    fact.source = kSource;
    fact.kind = kind;
    fact.about = kind;
    fact.key = std::string(kind) + "/" + key_of(row, contact);
    fact.item_key =
        row.key.empty() ? std::string(kind) + "/" + contact.id.text() + "/" + day_text(row.on) : fact.key;
    fact.contact = contact.id;
    fact.account = contact.account;
    fact.language = row.language.empty() ? contact.language : row.language;
    fact.answers = "{}";
    fact.occurred_at = at;
    fact.acknowledge = false;
    fact.raise = false;
    return fact;
}

std::vector<core::Observation> facts_of(const core::AnswerRow& row, const core::Contact& contact,
                                        core::Instant at, bool raise_items) {
    std::vector<core::Observation> facts;
    if (row.score) {
        core::Observation answer = fact_of(row, contact, "relationship.answer", at);
        answer.score = row.score;
        answer.verbatim = row.comment;
        answer.may_quote = row.may_quote;
        answer.answer_class = row.comment.empty() ? core::AnswerClass::unverified : core::AnswerClass::human;
        answer.raise = raise_items;
        facts.push_back(std::move(answer));
    }
    if (row.declared) {
        core::Observation stance = fact_of(row, contact, "advocacy.declared", at);
        stance.score = row.declared;
        facts.push_back(std::move(stance));
    }
    return facts;
}

}  // namespace

/// The file as facts; each fact knows its row, so that rows can be counted.
struct PastAnswers::Plan {
    PastAnswersReport report;
    std::vector<core::Observation> facts;
    std::vector<std::size_t> row_of;  ///< of each fact
    std::vector<bool> fresh;          ///< of each row: something of it is new

    void add(const core::AnswerRow& row, const core::Contact& contact, core::Instant at, bool raise_items) {
        for (core::Observation& fact : facts_of(row, contact, at, raise_items)) {
            facts.push_back(std::move(fact));
            row_of.push_back(fresh.size());
        }
        fresh.push_back(false);
    }
    void count(std::size_t fact, bool repeated, bool raised) {
        if (repeated) return;
        fresh[row_of[fact]] = true;
        if (raised) ++report.raised;
    }
    void finish() {
        for (const bool row : fresh) ++(row ? report.rows.added : report.rows.unchanged);
    }
};

Task<Result<PastAnswers::Plan>> PastAnswers::plan(core::Import<core::AnswerRow> answers, Wishes wishes) {
    Plan plan;
    plan.report.rows.dry_run = wishes.dry_run;
    plan.report.rows.problems = std::move(answers.problems);
    auto reading_accounts = relationships_.accounts();
    Result<std::vector<core::Account>> accounts = co_await std::move(reading_accounts);
    if (!accounts) co_return accounts.error();
    auto reading_contacts = relationships_.contacts();
    Result<std::vector<core::Contact>> contacts = co_await std::move(reading_contacts);
    if (!contacts) co_return contacts.error();
    const Directory directory(*accounts, std::move(*contacts));
    const core::Instant now = clock_.now();
    const Result<std::chrono::year_month_day> today = days_.day_of(now);
    if (!today) co_return today.error();
    for (const core::AnswerRow& row : answers.rows) {
        const auto refuse = [&](std::string reason) {
            plan.report.rows.problems.push_back({row.line, std::move(reason)});
        };
        const Result<const core::Contact*> contact = directory.find(row);
        const Result<core::Instant> noon = days_.noon(row.on);
        if (row.on > *today)
            refuse("date: expected a day up to today, " + day_text(*today) + "; found " + day_text(row.on) +
                   ", which is still to come");
        else if (!contact)
            refuse(contact.error().message);
        else if (!noon)
            refuse("date: " + noon.error().message);
        else
            plan.add(row, **contact, std::min(*noon, now), wishes.raise_items);
    }
    co_return plan;
}

Task<Result<PastAnswersReport>> PastAnswers::import(core::Import<core::AnswerRow> answers, Wishes wishes) {
    auto planning = plan(std::move(answers), wishes);
    Result<Plan> planned = co_await std::move(planning);
    if (!planned) co_return planned.error();
    auto working = wishes.dry_run ? look(*planned) : keep(*planned);
    Done worked = co_await std::move(working);
    if (!worked) co_return worked.error();
    planned->finish();
    auto& problems = planned->report.rows.problems;
    std::sort(problems.begin(), problems.end(),
              [](const core::RowProblem& a, const core::RowProblem& b) { return a.line < b.line; });
    co_return std::move(planned->report);
}

Task<Done> PastAnswers::look(Plan& plan) {
    std::vector<std::string> keys;
    for (const core::Observation& fact : plan.facts) keys.push_back(fact.key);
    auto asking = known_.known(kSource, std::move(keys));
    Result<std::set<std::string>> known = co_await std::move(asking);
    if (!known) co_return known.error();
    for (std::size_t i = 0; i < plan.facts.size(); ++i) {
        const core::Observation& fact = plan.facts[i];
        plan.count(i, !known->insert(fact.key).second, fact.raise && core::raises_item(fact));
    }
    co_return done();
}

Task<Done> PastAnswers::keep(Plan& plan) {
    for (std::size_t from = 0; from < plan.facts.size(); from += kRowsAtOnce) {
        const std::size_t to = std::min(from + kRowsAtOnce, plan.facts.size());
        std::vector<core::Observation> batch(plan.facts.begin() + static_cast<std::ptrdiff_t>(from),
                                             plan.facts.begin() + static_cast<std::ptrdiff_t>(to));
        auto accepting = observations_.accept(std::move(batch));
        Result<std::vector<Accepted>> accepted = co_await std::move(accepting);
        if (!accepted) co_return accepted.error();
        for (std::size_t i = 0; i < accepted->size(); ++i) {
            const Accepted& one = (*accepted)[i];
            plan.count(from + i, one.repeated, !one.item.empty());
        }
    }
    co_return done();
}

}  // namespace candour::flow
