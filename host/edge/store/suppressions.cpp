#include "edge/store/suppressions.hpp"

#include "candour_queries.hpp"
#include "edge/store/contact_alerts.hpp"

namespace candour::store {
namespace {

using core::SuppressionCause;

/// A person reads them, not a program.
constexpr int kBouncesShown = 50;

void suppress_address(Session& session, const AddressBounce& bounce, SuppressionCause cause) {
    if (bounce.address.empty()) return;
    const auto fresh = session.call(sql::suppression::suppress)
                           .with("address", bounce.address)
                           .with("reason", bounce.detail)
                           .with("message_id", bounce.message.text())
                           .with("at", bounce.at)
                           .with("cause", std::string(core::name_of(core::kSuppressionCauses, cause)))
                           .with("status", bounce.status)
                           .with("mail_id", bounce.mail)
                           .run();
    if (fresh == 1) alert_of_address(session, bounce.address, ContactAlert::unreachable, bounce.at);
}

bool one_too_many(Session& session, const AddressBounce& bounce, core::SoftRule rule) {
    long long soft = 0;
    Call call = session.call(sql::suppression::soft_bounces_since);
    call.with("address", bounce.address).with("since", bounce.at - rule.within).into(soft);
    call.next();
    return soft >= rule.bounces;
}

class SuppressionColumns {
 public:
    void read_from(Call& call) {
        for (std::string* column : {&address_, &cause_, &reason_, &status_, &message_}) call.into(*column);
        call.into(mail_).into(at_).into(who_).into(account_);
    }
    flow::Suppression suppression() const {
        return {address_,
                core::value_of(core::kSuppressionCauses, cause_).value_or(SuppressionCause::hard),
                reason_,
                status_,
                MessageId::trusted(message_),
                mail_,
                core::from_us(at_),
                who_,
                account_};
    }

 private:
    std::string address_, cause_, reason_, status_, message_, who_, account_;
    long long mail_ = 0, at_ = 0;
};

std::optional<flow::Suppression> find_suppression(Session& session, const std::string& address) {
    SuppressionColumns columns;
    Call call = session.call(sql::suppression::find);
    call.with("address", address);
    columns.read_from(call);
    if (!call.next()) return std::nullopt;
    return columns.suppression();
}

std::vector<flow::BounceRow> bounces_of(Session& session, const std::string& address) {
    std::string kind, message;
    long long at = 0, mail = 0;
    flow::BounceRow row;
    Call call = session.call(sql::suppression::bounces);
    call.with("address", address).with("limit", kBouncesShown);
    call.into(kind).into(row.status).into(row.detail).into(message).into(mail).into(at);
    std::vector<flow::BounceRow> rows;
    while (call.next()) {
        row.kind = core::value_of(core::kBounceKinds, kind).value_or(core::BounceKind::neither);
        row.message = MessageId::trusted(message);
        row.mail = mail;
        row.at = core::from_us(at);
        rows.push_back(row);
    }
    return rows;
}

std::vector<flow::SuppressionLift> lifts_of(Session& session, const std::string& address) {
    std::string cause;
    long long suppressed = 0, lifted = 0;
    flow::SuppressionLift row;
    Call call = session.call(sql::suppression::lifts);
    call.with("address", address).with("limit", kBouncesShown);
    call.into(cause).into(row.reason).into(suppressed).into(row.by).into(row.note).into(lifted);
    std::vector<flow::SuppressionLift> rows;
    while (call.next()) {
        row.cause = core::value_of(core::kSuppressionCauses, cause).value_or(SuppressionCause::hard);
        row.suppressed_at = core::from_us(suppressed);
        row.at = core::from_us(lifted);
        rows.push_back(row);
    }
    return rows;
}

Result<flow::AddressStory> address_story(Session& session, const std::string& address) {
    flow::AddressStory story{address, find_suppression(session, address), bounces_of(session, address),
                             lifts_of(session, address)};
    if (!story.suppression && story.bounces.empty() && story.lifts.empty())
        return Error{ErrorCode::not_found,
                     "nothing ever came back from the address \"" + address + "\", and it is not suppressed"};
    return story;
}

Result<flow::AddressStory> lift_in(Session& session, const flow::LiftRequest& request, core::Instant now) {
    const std::optional<flow::Suppression> found = find_suppression(session, request.address);
    if (!found)
        return Error{ErrorCode::not_found,
                     "the address \"" + request.address + "\" is not suppressed; there is nothing to lift"};
    if (found->cause == SuppressionCause::complaint && request.note.empty())
        return Error{ErrorCode::invalid,
                     "note: " + request.address +
                         " complained about a mail of ours; expected why it is written to "
                         "again, found nothing"};
    session.call(sql::suppression::note_lift)
        .with("lifted_by", request.actor)
        .with("note", request.note)
        .with("now", now)
        .with("address", request.address)
        .run();
    session.call(sql::suppression::lift).with("address", request.address).run();
    return address_story(session, request.address);
}

void keep_bounce(Session& session, const AddressBounce& bounce, std::string_view kind) {
    session.call(sql::suppression::note_bounce)
        .with("address", bounce.address)
        .with("kind", std::string(kind))
        .with("status", bounce.status)
        .with("detail", bounce.detail)
        .with("message_id", bounce.message.text())
        .with("mail_id", bounce.mail)
        .with("at", bounce.at)
        .run();
}

}  // namespace

void note_bounce(Session& session, const AddressBounce& bounce, core::SoftRule rule) {
    if (bounce.address.empty()) return;
    keep_bounce(session, bounce, core::name_of(core::kBounceKinds, bounce.kind));
    if (bounce.kind == core::BounceKind::hard)
        suppress_address(session, bounce, SuppressionCause::hard);
    else if (bounce.kind == core::BounceKind::soft && one_too_many(session, bounce, rule))
        suppress_address(session, bounce, SuppressionCause::soft);
}

void note_complaint(Session& session, const AddressBounce& complaint) {
    suppress_address(session, complaint, SuppressionCause::complaint);
}

flow::Task<Result<std::vector<flow::Suppression>>> Suppressions::list(flow::SuppressionQuery query) {
    using All = std::vector<flow::Suppression>;
    return database_.read<All>([query = std::move(query)](Session& session) {
        SuppressionColumns columns;
        Call call = session.call(sql::suppression::list);
        call.with("cause",
                  query.cause ? std::string(core::name_of(core::kSuppressionCauses, *query.cause)) : "")
            .with("words", query.words)
            .with("before", query.before)
            .with("address", query.address)
            .with("limit", query.limit);
        columns.read_from(call);
        All all;
        while (call.next()) all.push_back(columns.suppression());
        return Result<All>(std::move(all));
    });
}

flow::Task<Result<flow::AddressStory>> Suppressions::story(std::string address) {
    return database_.read<flow::AddressStory>(
        [address = std::move(address)](Session& session) { return address_story(session, address); });
}

flow::Task<Result<flow::AddressStory>> Suppressions::lift(flow::LiftRequest request, core::Instant now) {
    return database_.write<flow::AddressStory>(
        [request = std::move(request), now](Session& session) { return lift_in(session, request, now); });
}

}  // namespace candour::store
