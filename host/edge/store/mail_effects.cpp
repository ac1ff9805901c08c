#include "edge/store/mail_effects.hpp"

#include <charconv>
#include <stdexcept>

#include "candour_queries.hpp"
#include "core/feedback/raise_rule.hpp"
#include "core/feedback/text.hpp"
#include "core/loop/commands.hpp"
#include "edge/json/content.hpp"
#include "edge/json/disposition.hpp"
#include "edge/store/advance.hpp"
#include "edge/store/items.hpp"
#include "edge/store/mail_known.hpp"
#include "edge/store/message_fate.hpp"
#include "edge/store/opt_out.hpp"
#include "edge/store/suppressions.hpp"
#include "edge/store/team_words.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

using core::MailEffect;
using core::MailVerdict;
using flow::MailState;

bool is_words(MailEffect effect) {
    return effect == MailEffect::raise || effect == MailEffect::answer || effect == MailEffect::reply ||
           effect == MailEffect::hold || effect == MailEffect::team || effect == MailEffect::refuse;
}

bool first_of_its_meaning(Session& session, const KnownMail& known) {
    return session.call(sql::mails::claim_meaning)
               .with("meaning", known.meaning)
               .with("mail_id", known.row.id)
               .run() == 1;
}

MailEnding as_duplicate(Session& session, const KnownMail& known) {
    std::string item, contact;
    long long first = 0;
    {
        Call call = session.call(sql::mails::first_with_meaning);
        call.with("meaning", known.meaning).into(first).into(item).into(contact);
        call.next();
    }
    MailEnding ending;
    ending.outcome = "duplicate";
    ending.detail = "says the same as mail " + std::to_string(first);
    ending.item = ItemId::trusted(item);
    ending.contact = ContactId::trusted(contact);
    return ending;
}

/// Never to the null sender, and not again and again: two programs could thank each other for ever.
bool may_acknowledge(Session& session, const KnownMail& known, const ContactId& contact) {
    if (known.row.sender.empty()) return false;
    long long sent = 0;
    Call call = session.call(sql::mails::acknowledged_since);
    call.with("contact_id", contact.text()).with("since", known.now - std::chrono::hours(24)).into(sent);
    call.next();
    return sent < core::kAcknowledgementsPerDay;
}

core::Observation observation_of(Session& session, const KnownMail& known, const MailVerdict& verdict) {
    core::Observation fact;
    fact.source = core::kMailSource;
    fact.kind = "mail.message";
    fact.key = fact.item_key = known.meaning;
    if (verdict.effect == MailEffect::answer && known.thread) {
        fact.about = known.thread->about;
        fact.message = known.thread->message;
    }
    fact.contact = verdict.contact;
    fact.account = verdict.account;
    fact.verbatim = core::words_of(known.mail);
    fact.language = known.mail.language;
    fact.answers = json::write_content({{"subject", known.mail.subject}, {"from", known.mail.from}});
    fact.answer_class = core::AnswerClass::human;
    fact.occurred_at = known.row.received_at;
    fact.mail = known.row.id;
    fact.remark = verdict.remark;
    fact.acknowledge = may_acknowledge(session, known, verdict.contact);
    return fact;
}

ItemId take_fact(Session& session, IngestStep& ingest, core::Observation fact, core::Instant now) {
    flow::JobOutcome outcome;
    outcome.observations.push_back(std::move(fact));
    IngestJob job(ingest, std::move(outcome), now);
    Job* const only[] = {&job};
    ingest.run(session, only);
    const Result<std::vector<flow::Accepted>>& accepted = job.outcome();
    if (!accepted) throw std::runtime_error(accepted.error().message);  // undoes the whole application
    return accepted->front().item;
}

/// Errors: what the item's own rules say.
Result<ItemId> add_words(Session& session, const KnownMail& known, const MailVerdict& verdict,
                         const flow::ItemRef& ref, const core::MessageFate& to) {
    core::Reply reply;
    reply.text = core::words_of(known.mail);
    if (reply.text.empty()) reply.text = "(a mail without words)";
    reply.from = known.mail.from;
    reply.by_contact = verdict.by_contact;
    reply.remark = verdict.remark;
    reply.mail = known.row.id;
    const core::Act act{verdict.by_contact ? verdict.contact.text() : "host", known.now};
    const flow::Decide decide = [&](const core::Item& item) { return core::replied(item, act, reply, to); };
    const Result<core::Item> item = advance_item(session, ref, decide);
    if (!item) return item.error();
    return item->id;
}

core::BounceKind kind_of(const core::MailBounce& bounce) {
    int code = 0;
    std::from_chars(bounce.reply_code.data(), bounce.reply_code.data() + bounce.reply_code.size(), code);
    return core::kind_of_bounce(bounce.status, code, bounce.what, bounce.hard);
}

Result<MailEnding> take_bounce(Session& session, const KnownMail& known, MailEnding ending) {
    const core::MailBounce bounce =
        known.mail.bounces.empty() ? core::MailBounce{} : known.mail.bounces.front();
    const std::string detail =
        bounce.diagnostic.empty() ? known.mail.reason : core::shortened(bounce.diagnostic, core::kMaxLine);
    const BounceSaid said{kind_of(bounce), bounce.status, detail, known.thread->recipient, known.row.id};
    const Done applied = apply_bounce(session, known.thread->message, said, known.soft, known.now);
    ending.outcome = applied ? "bounced" : "recorded";
    ending.detail = applied ? detail : applied.error().message;
    if (!applied && applied.error().code != ErrorCode::conflict) return applied.error();
    return ending;
}

Result<MailEnding> take_delivery(Session& session, const KnownMail& known, MailEnding ending) {
    ending.outcome = "delivered";
    session.call(sql::delivery::append_receipt)
        .with("message_id", known.thread->message.text())
        .with("attempt", 0)
        .with("fate", std::string("delivered"))
        .with("code", 0)
        .with("status", std::string())
        .with("detail", core::shortened(known.mail.reason, core::kMaxLine))
        .with("at", known.now)
        .run();
    if (known.thread->item.empty()) return ending;
    const core::MessageFate fate{known.thread->message, known.thread->kind, known.thread->round,
                                 known.mail.reason};
    const flow::Decide decide = [&](const core::Item& item) {
        return core::delivered(item, {"host", known.now}, fate);
    };
    const Result<core::Item> item = advance_item(session, {known.thread->item, 0}, decide);
    if (!item) return item.error();
    return ending;
}

Result<MailEnding> take_words(Session& session, IngestStep& ingest, const KnownMail& known,
                              const MailVerdict& verdict, MailEnding ending) {
    if (verdict.effect == MailEffect::hold) {
        ending.state = MailState::held;
        return ending;
    }
    if (verdict.effect != MailEffect::reply) {
        ending.item = take_fact(session, ingest, observation_of(session, known, verdict), known.now);
        ending.outcome = verdict.effect == MailEffect::answer ? "answered" : "raised";
        return ending;
    }
    const core::MessageFate to{known.thread->message, known.thread->kind, known.thread->round, {}};
    const Result<ItemId> item = add_words(session, known, verdict, {known.thread->item, 0}, to);
    if (!item) return item.error();
    ending.outcome = "replied";
    return ending;
}

Result<MailEnding> take_effect(Session& session, IngestStep& ingest, const KnownMail& known,
                               const MailVerdict& verdict) {
    MailEnding ending;
    ending.detail = verdict.remark.empty() ? verdict.why : verdict.why + "; " + verdict.remark;
    if (known.thread) ending.message = known.thread->message;
    if (known.thread) ending.item = known.thread->item;
    ending.contact = !verdict.contact.empty() || !known.thread ? verdict.contact : known.thread->contact;
    switch (verdict.effect) {
        case MailEffect::bounce:
            return take_bounce(session, known, std::move(ending));
        case MailEffect::deliver:
            return take_delivery(session, known, std::move(ending));
        case MailEffect::suppress:
            note_complaint(session, {verdict.suppress, core::BounceKind::neither, "",
                                     std::string(core::name_of(core::kMailKinds, known.mail.kind)),
                                     ending.message, known.row.id, known.now});
            ending.outcome = "suppressed";
            return ending;
        case MailEffect::opt_out:
            opt_out(session, {ending.contact, ending.message, "mail"},
                    {zone::civil_day(known.now, ingest.zone()), known.now});
            ending.outcome = "opted_out";
            return ending;
        case MailEffect::team:
        case MailEffect::refuse:
            return take_team_words(session, known, verdict, ingest.zone(), std::move(ending));
        case MailEffect::record:
            ending.outcome = "recorded";
            return ending;
        default:
            return take_words(session, ingest, known, verdict, std::move(ending));
    }
}

flow::AppliedMail applied_as(const MailEnding& ending) {
    return {ending.state, ending.outcome, ending.detail, ending.item};
}

flow::AppliedMail settled_already(const flow::MailRow& row) {
    return {row.state, row.outcome, row.detail, row.item};
}

bool is_owed(MailState state) {
    return state == MailState::received || state == MailState::read;
}

/// For an item: its words. The latest closing message is what such a mail most likely answers, but that is a
/// guess.
Result<MailEnding> give_to_item(Session& session, const KnownMail& known, const flow::ItemRef& ref) {
    const Result<core::Item> item = load_item(session, ref.id, ref.number);
    if (!item) return item.error();
    const bool of_this_item = known.thread && known.thread->item == item->id;
    const core::MessageFate to =
        of_this_item ? core::MessageFate{known.thread->message, known.thread->kind, known.thread->round, {}}
                     : core::MessageFate{{}, core::MessageKind::plugin, item->round, {}};
    MailVerdict verdict;
    verdict.by_contact = false;
    verdict.remark = "given to this item by hand";
    const Result<ItemId> given = add_words(session, known, verdict, ref, to);
    if (!given) return given.error();
    MailEnding ending;
    ending.outcome = "replied";
    ending.item = *given;
    ending.contact = item->contact;
    return ending;
}

Result<MailEnding> give_to_contact(Session& session, IngestStep& ingest, const KnownMail& known,
                                   const std::string& id_or_address) {
    const std::vector<core::Contact> contacts = contacts_with(session, id_or_address);
    if (contacts.empty()) return Error{ErrorCode::not_found, "there is no contact \"" + id_or_address + "\""};
    if (contacts.size() > 1)
        return Error{ErrorCode::conflict, "several accounts have a contact with the address \"" +
                                              id_or_address + "\"; use the contact's id"};
    MailVerdict verdict;
    verdict.effect = MailEffect::raise;
    verdict.contact = contacts.front().id;
    verdict.account = contacts.front().account;
    verdict.remark =
        known.mail.from == contacts.front().email ? std::string() : "written from " + known.mail.from;
    MailEnding ending;
    ending.outcome = "raised";
    ending.contact = verdict.contact;
    ending.item = take_fact(session, ingest, observation_of(session, known, verdict), known.now);
    return ending;
}

}  // namespace

Result<flow::AppliedMail> apply_mail(Session& session, IngestStep& ingest, const flow::MailToApply& mail,
                                     core::Instant now) {
    const Result<MailState> state = lock_mail(session, mail.id);
    if (!state) return state.error();
    Result<flow::MailRow> row = mail_row(session, mail.id);
    if (!row) return row.error();
    if (!is_owed(*state)) return settled_already(*row);
    keep_reading(session, mail.id, mail.reading);
    const core::Disposition& read = mail.reading.disposition;
    const KnownMail known{
        *row, read, meaning_of(*row, read), thread_of(session, mail.trails, now), ingest.soft_bounces(), now};
    const MailVerdict verdict =
        core::judge_mail(read, {known.thread, contacts_with(session, read.from), mail.sender});
    const bool repeated = is_words(verdict.effect) && !first_of_its_meaning(session, known);
    const Result<MailEnding> ending = repeated ? Result<MailEnding>(as_duplicate(session, known))
                                               : take_effect(session, ingest, known, verdict);
    if (!ending) return ending.error();
    settle_mail(session, mail.id, *ending, now);
    return applied_as(*ending);
}

Result<flow::AppliedMail> assign_mail(Session& session, IngestStep& ingest,
                                      const flow::MailAssignment& assignment, core::Instant now) {
    const Result<MailState> state = lock_mail(session, assignment.id);
    if (!state) return state.error();
    if (*state != MailState::held)
        return Error{ErrorCode::conflict, "mail " + std::to_string(assignment.id) + " is " +
                                              std::string(core::name_of(flow::kMailStates, *state)) +
                                              "; only a held mail can be assigned"};
    const Result<flow::MailRow> row = mail_row(session, assignment.id);
    if (!row) return row.error();
    const Result<core::Disposition> read = json::read_disposition(row->document);
    if (!read) return read.error();
    const std::vector<core::MailTrail> trails{{row->message, false}};
    const KnownMail known{
        *row, *read, meaning_of(*row, *read), thread_of(session, trails, now), ingest.soft_bounces(), now};
    Result<MailEnding> ending = assignment.item ? give_to_item(session, known, *assignment.item)
                                                : give_to_contact(session, ingest, known, assignment.contact);
    if (!ending) return ending.error();
    ending->message = row->message;
    ending->detail = "assigned by hand; it was held: " + row->detail;
    ending->by = assignment.actor;
    settle_mail(session, assignment.id, *ending, now);
    return applied_as(*ending);
}

}  // namespace candour::store
