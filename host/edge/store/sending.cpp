#include "edge/store/sending.hpp"

#include "candour_queries.hpp"
#include "edge/json/time_text.hpp"
#include "edge/store/audit.hpp"

namespace candour::store {
namespace {

flow::SendingState sending_state(Session& session, const flow::SentMark& seen) {
    flow::SendingState state;
    long long mark = 0, stopped = 0, in_doubt = 0;
    Call call = session.call(sql::delivery::sending_state);
    call.with("until", seen.at).into(mark).into(stopped).into(in_doubt);
    call.next();
    state.mark = mark;
    state.stopped_at = core::from_us(stopped);
    state.in_doubt = in_doubt;
    return state;
}

std::string sending_in_words(const flow::SendingState& state) {
    if (!core::happened(state.stopped_at)) return "mails leave";
    return "stopped at " + json::to_rfc3339(state.stopped_at) +
           "; in doubt: " + std::to_string(state.in_doubt);
}

std::vector<std::string> doubt_messages(Session& session, const flow::SentMark& seen) {
    std::vector<std::string> ids;
    std::string id;
    Call call = session.call(sql::delivery::doubt_messages);
    call.with("until", seen.at).into(id);
    while (call.next()) ids.push_back(id);
    return ids;
}

}  // namespace

flow::Task<Result<flow::SendingState>> Sending::state(flow::SentMark seen) {
    return database_.read<flow::SendingState>(
        [seen](Session& session) { return Result<flow::SendingState>(sending_state(session, seen)); });
}

flow::Task<Done> Sending::stop(core::Instant now) {
    return database_.write<Nothing>([now](Session& session) {
        if (session.call(sql::delivery::stop_sending).with("now", now).run() == 1)
            write_down(session,
                       {{"host", "Candour", ""},
                        "sending_stopped",
                        "",
                        {},
                        "the database is older than what was sent"},
                       now);
        return done();
    });
}

flow::Task<Result<std::int64_t>> Sending::reconcile(flow::SentMark seen, bool send_again, flow::Doer doer,
                                                    core::Instant now) {
    return database_.write<std::int64_t>([=](Session& session) {
        const std::string before = sending_in_words(sending_state(session, seen));
        std::vector<std::string> given_up;
        if (!send_again) given_up = doubt_messages(session, seen);
        for (const std::string& id : given_up)
            session.call(sql::delivery::append_receipt)
                .with("message_id", id)
                .with("attempt", 0)
                .with("fate", std::string("unknown"))
                .with("code", 0)
                .with("status", std::string())
                .with("detail", std::string("it may have left before the database was restored: it is not "
                                            "sent again"))
                .with("at", now)
                .run();
        session.call(sql::delivery::go_on_sending).with("mark", seen.mark + 1).run();
        const std::string after = send_again ? "mails leave; what was in doubt is sent again"
                                             : "mails leave; given up: " + std::to_string(given_up.size());
        write_down(session, {doer, "sending_reconciled", "", before, after}, now);
        return Result<std::int64_t>(static_cast<std::int64_t>(given_up.size()));
    });
}

}  // namespace candour::store
