#include "edge/store/mails.hpp"

#include "candour_queries.hpp"
#include "edge/json/disposition.hpp"
#include "edge/store/mail_effects.hpp"
#include "edge/store/mail_rows.hpp"

namespace candour::store {
namespace {

using flow::MailState;

std::vector<std::int64_t> take_ids(Session& session, core::Instant now, core::Instant until, int limit) {
    std::vector<std::int64_t> ids;
    long long id = 0;
    Call call = session.call(sql::mails::take);
    call.with("until", until).with("now", now).with("limit", limit).into(id);
    while (call.next()) ids.push_back(id);
    std::sort(ids.begin(), ids.end());  // RETURNING promises no order
    return ids;
}

Result<flow::PendingMail> pending_mail(Session& session, std::int64_t id) {
    const Result<flow::MailRow> row = mail_row(session, id);
    if (!row) return row.error();
    flow::PendingMail mail{row->id,      row->sender,   row->recipient, {},
                           std::nullopt, row->attempts, row->detail};
    if (row->state == MailState::read) {
        Result<core::Disposition> read = json::read_disposition(row->document);
        if (read) mail.reading = flow::Reading{row->document, *std::move(read)};
        if (mail.reading) return mail;
    }
    Result<std::string> bytes = mail_bytes(session, id);
    if (!bytes) return bytes.error();
    mail.bytes = *std::move(bytes);
    return mail;
}

Error not_so(std::int64_t id, MailState state, const char* what) {
    return Error{ErrorCode::conflict, "mail " + std::to_string(id) + " is " +
                                          std::string(core::name_of(flow::kMailStates, state)) + "; " + what};
}

Done end_mail(Session& session, std::int64_t id, MailState state, const std::string& why,
              const std::string& by, core::Instant now) {
    const Result<flow::MailRow> row = mail_row(session, id);
    if (!row) return row.error();
    MailEnding ending{state,     std::string(core::name_of(flow::kMailStates, state)),
                      why,       row->message,
                      row->item, row->contact,
                      by};
    settle_mail(session, id, ending, now);
    return done();
}

}  // namespace

flow::Task<Done> Mails::receive(flow::ArrivedMail mail, core::Instant now) {
    return database_.write_job<Nothing>(
        std::make_unique<MailReceiveJob>(receive_step_, std::move(mail), now));
}

flow::Task<Result<std::vector<flow::PendingMail>>> Mails::take(core::Instant now, core::Instant until,
                                                               int limit) {
    using Pending = std::vector<flow::PendingMail>;
    return database_.write<Pending>([=](Session& session) -> Result<Pending> {
        Pending mails;
        for (const std::int64_t id : take_ids(session, now, until, limit)) {
            Result<flow::PendingMail> mail = pending_mail(session, id);
            if (!mail) return mail.error();
            mails.push_back(*std::move(mail));
        }
        return mails;
    });
}

flow::Task<Done> Mails::keep_reading(std::int64_t id, flow::Reading reading) {
    return database_.write<Nothing>([id, reading = std::move(reading)](Session& session) {
        store::keep_reading(session, id, reading);
        return done();
    });
}

flow::Task<Result<flow::AppliedMail>> Mails::apply(flow::MailToApply mail, core::Instant now) {
    return database_.write<flow::AppliedMail>([this, mail = std::move(mail), now](Session& session) {
        return apply_mail(session, ingest_step_, mail, now);
    });
}

flow::Task<Done> Mails::postpone(std::int64_t id, core::Instant not_before, std::string why) {
    return database_.write<Nothing>([id, not_before, why = std::move(why)](Session& session) {
        session.call(sql::mails::postpone)
            .with("not_before", not_before)
            .with("detail", why)
            .with("id", id)
            .run();
        return done();
    });
}

flow::Task<Done> Mails::dead_letter(std::int64_t id, std::string why, core::Instant now) {
    return database_.write<Nothing>([id, why = std::move(why), now](Session& session) -> Done {
        const Result<MailState> state = lock_mail(session, id);
        if (!state) return state.error();
        if (*state != MailState::received && *state != MailState::read) return done();
        return end_mail(session, id, MailState::dead_lettered, why, {}, now);
    });
}

flow::Task<Result<std::vector<flow::MailRow>>> Mails::list(flow::MailQuery query) {
    using Rows = std::vector<flow::MailRow>;
    return database_.read<Rows>(
        [query](Session& session) { return Result<Rows>(mail_rows(session, query)); });
}

flow::Task<Result<std::vector<flow::MailCount>>> Mails::waiting() {
    using Counts = std::vector<flow::MailCount>;
    return database_.read<Counts>([](Session& session) {
        std::string state;
        long long mails = 0;
        Call call = session.call(sql::mails::count_waiting);
        call.into(state).into(mails);
        Counts counts;
        while (call.next())
            if (const auto known = core::value_of(flow::kMailStates, state))
                counts.push_back({*known, mails});
        return Result<Counts>(std::move(counts));
    });
}

flow::Task<Result<flow::MailRow>> Mails::find(std::int64_t id) {
    return database_.read<flow::MailRow>([id](Session& session) -> Result<flow::MailRow> {
        flow::MailQuery one;
        one.id = id;
        one.limit = 1;
        std::vector<flow::MailRow> rows = mail_rows(session, one);
        Result<flow::MailRow> whole = mail_row(session, id);
        if (!whole || rows.empty()) return whole;
        rows.front().document = whole->document;
        return std::move(rows.front());
    });
}

flow::Task<Result<std::string>> Mails::bytes(std::int64_t id) {
    return database_.read<std::string>([id](Session& session) { return mail_bytes(session, id); });
}

flow::Task<Result<flow::AppliedMail>> Mails::assign(flow::MailAssignment assignment, core::Instant now) {
    return database_.write<flow::AppliedMail>(
        [this, assignment = std::move(assignment), now](Session& session) {
            return assign_mail(session, ingest_step_, assignment, now);
        });
}

flow::Task<Done> Mails::dismiss(std::int64_t id, std::string reason, std::string actor, core::Instant now) {
    return database_.write<Nothing>([=](Session& session) -> Done {
        const Result<MailState> state = lock_mail(session, id);
        if (!state) return state.error();
        if (*state != MailState::held && *state != MailState::dead_lettered)
            return not_so(id, *state, "only a held or dead-lettered mail can be dismissed");
        return end_mail(session, id, MailState::dismissed, reason, actor, now);
    });
}

flow::Task<Done> Mails::try_again(std::int64_t id, core::Instant now) {
    return database_.write<Nothing>([=](Session& session) -> Done {
        const Result<MailState> state = lock_mail(session, id);
        if (!state) return state.error();
        if (session.call(sql::mails::try_again).with("now", now).with("id", id).run() == 1) return done();
        return not_so(id, *state, "only a dead-lettered mail can be tried again");
    });
}

}  // namespace candour::store
