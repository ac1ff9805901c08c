#include "edge/store/commitments.hpp"

#include "candour_queries.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/chain.hpp"

namespace candour::store {
namespace {

std::string called(const flow::CommitmentRef& ref) {
    return ref.id.empty() ? "PR-" + std::to_string(ref.number) : ref.id.text();
}

Error unknown(const flow::CommitmentRef& ref) {
    return Error{ErrorCode::not_found, "there is no commitment " + called(ref) + " that stands alone"};
}

std::vector<flow::CommitmentView> select_commitments(Session& session, const flow::CommitmentQuery& query,
                                                     const std::string& subject, core::Instant now) {
    Call call = session.call(sql::commitment::commitments);
    call.with("overdue_before", now - core::kBrokenAfter)
        .with("subject", subject)
        .with("standing", query.standing)
        .with("owner", query.owner);
    call.with("account", query.account).with("source", query.source).with("due_before", query.due_before);
    call.with("sees", query.sees)
        .with("after_due", query.after_due)
        .with("after_subject", query.after_subject)
        .with("after_round", query.after_round)
        .with("limit", query.limit);
    return read_commitments(call);
}

Result<core::Commitment> write_entry(Session& session, const core::Commitment& before,
                                     const core::CommitmentEntry& entry) {
    Result<core::Commitment> after = core::fold(before, entry);
    if (!after) return after;
    const std::string event(core::name_of(core::kCommitmentEvents, entry.event));
    append_to_chain(session, {after->id.text(), after->version, event, entry.actor, entry.at, entry.content});
    Call call = session.call(before.version == 0 ? sql::commitment::add_lone : sql::commitment::update_lone);
    write_commitment(call, *after);
    call.run();
    return after;
}

/// Whom it is promised to, as they are here.
Done check_people(Session& session, const core::Commitment& wanted) {
    std::string id, name;
    {
        Call call = session.call(sql::calendar::account_by_id_or_ref);
        call.with("key", wanted.account.text()).into(id).into(name);
        if (!call.next())
            return Error{ErrorCode::not_found, "account: there is no account " + wanted.account.text()};
    }
    if (wanted.contact.empty()) return done();
    std::string address, account;
    Call call = session.call(sql::delivery::recipient_of);
    call.with("contact_id", wanted.contact.text()).into(address).into(account);
    if (!call.next())
        return Error{ErrorCode::not_found, "contact: there is no contact " + wanted.contact.text()};
    if (account == wanted.account.text()) return done();
    return Error{ErrorCode::invalid, "contact: expected somebody of account " + wanted.account.text() +
                                         ", found " + wanted.contact.text() + " of another one"};
}

std::vector<std::string> open_ids_of(Session& session, const std::string& owner) {
    std::vector<std::string> ids;
    std::string id;
    long long number = 0, version = 0;
    Call call = session.call(sql::commitment::open_of_owner);
    call.with("owner", owner).into(id).into(number).into(version);
    while (call.next()) ids.push_back(id);
    return ids;
}

}  // namespace

std::vector<flow::CommitmentView> read_commitments(Call& call) {
    flow::CommitmentView view;
    long long number = 0, round = 0, due = 0, settled = 0, version = 0;
    call.into(view.subject)
        .into(number)
        .into(round)
        .into(view.promise)
        .into(view.source)
        .into(due)
        .into(view.standing)
        .into(settled)
        .into(version);
    call.into(view.account_id)
        .into(view.account)
        .into(view.contact_id)
        .into(view.contact)
        .into(view.owner_id)
        .into(view.owner);
    std::vector<flow::CommitmentView> views;
    while (call.next()) {
        view.number = number;
        view.round = static_cast<int>(round);
        view.due_at = core::from_us(due);
        view.settled_at = core::from_us(settled);
        view.version = static_cast<int>(version);
        views.push_back(view);
    }
    return views;
}

void write_commitment(Call& call, const core::Commitment& commitment) {
    call.with("id", commitment.id.text())
        .with("account_id", commitment.account.text())
        .with("contact_id", commitment.contact.text())
        .with("owner_id", commitment.owner)
        .with("promise", commitment.promise)
        .with("source", std::string(core::name_of(core::kPromisedIn, commitment.source)))
        .with("standing", std::string(core::name_of(core::kStandings, commitment.standing)))
        .with("made_at", commitment.made_at)
        .with("due_at", commitment.due_at)
        .with("settled_at", commitment.settled_at)
        .with("version", commitment.version);
}

core::Commitment load_commitment(Session& session, const core::CommitmentId& id, std::int64_t number) {
    core::Commitment found;
    std::string own, account, contact, source, standing;
    long long ignored = 0, made = 0, due = 0, settled = 0, version = 0;
    Call call = session.call(sql::commitment::find_lone);
    call.with("id", id.text()).with("number", number);
    call.into(own)
        .into(ignored)
        .into(account)
        .into(contact)
        .into(found.owner)
        .into(found.promise)
        .into(source)
        .into(standing);
    call.into(made).into(due).into(settled).into(version);
    if (!call.next()) return {};
    found.id = core::CommitmentId::trusted(own);
    found.account = AccountId::trusted(account);
    found.contact = ContactId::trusted(contact);
    found.source = core::value_of(core::kPromisedIn, source).value_or(core::PromisedIn::other);
    found.standing = core::value_of(core::kStandings, standing).value_or(core::Standing::open);
    found.made_at = core::from_us(made);
    found.due_at = core::from_us(due);
    found.settled_at = core::from_us(settled);
    found.version = static_cast<int>(version);
    return found;
}

flow::Task<Result<std::vector<flow::CommitmentView>>> Commitments::commitments(flow::CommitmentQuery query,
                                                                               core::Instant now) {
    using Views = std::vector<flow::CommitmentView>;
    return database_.read<Views>(
        [=](Session& session) { return Result<Views>(select_commitments(session, query, "", now)); });
}

flow::Task<Result<flow::CommitmentView>> Commitments::commitment(flow::CommitmentRef ref, core::Instant now) {
    return database_.read<flow::CommitmentView>([=](Session& session) -> Result<flow::CommitmentView> {
        const core::Commitment lone = load_commitment(session, ref.id, ref.number);
        if (lone.id.empty()) return unknown(ref);
        std::vector<flow::CommitmentView> views = select_commitments(session, {}, lone.id.text(), now);
        if (views.empty()) return unknown(ref);
        return std::move(views.front());
    });
}

flow::Task<Result<core::Commitment>> Commitments::promise(core::Commitment wanted,
                                                          core::CommitmentEntry entry) {
    return database_.write<core::Commitment>([=](Session& session) -> Result<core::Commitment> {
        if (Done known = check_people(session, wanted); !known) return known.error();
        core::Commitment fresh;
        fresh.id = crypto::new_id<core::CommitmentId>(entry.at);
        return write_entry(session, fresh, entry);
    });
}

flow::Task<Result<core::Commitment>> Commitments::settle(flow::CommitmentRef ref, flow::Settle settle) {
    return database_.write<core::Commitment>([=](Session& session) -> Result<core::Commitment> {
        const core::Commitment before = load_commitment(session, ref.id, ref.number);
        if (before.id.empty()) return unknown(ref);
        const Result<core::CommitmentEntry> entry = settle(before);
        if (!entry) return entry.error();
        return write_entry(session, before, *entry);
    });
}

flow::Task<Result<int>> Commitments::hand_over(std::string from, std::string to, core::Act act,
                                               std::string note, bool dry_run) {
    return database_.write<int>([=](Session& session) -> Result<int> {
        const std::vector<std::string> ids = open_ids_of(session, from);
        for (const std::string& id : ids) {
            if (dry_run) break;
            const core::Commitment before = load_commitment(session, core::CommitmentId::trusted(id));
            const Result<core::CommitmentEntry> entry = core::hand_on(before, act, to, note);
            if (!entry) return entry.error();
            if (Result<core::Commitment> after = write_entry(session, before, *entry); !after)
                return after.error();
        }
        return static_cast<int>(ids.size());
    });
}

}  // namespace candour::store
