/// Mails as rows; inside a transaction.
#pragma once
#include <vector>

#include "edge/store/session.hpp"
#include "flow/ingest/mails.hpp"

namespace candour::store {

/// The columns of queries/mails.sql `find` and `list`, in their order.
class MailColumns {
 public:
    void read_from(Call& call);
    flow::MailRow row() const;

 private:
    flow::MailRow row_;
    std::string state_, message_, item_, contact_;
    long long id_ = 0, received_at_ = 0, attempts_ = 0, settled_at_ = 0;
};

/// Errors: not_found.
Result<flow::MailRow> mail_row(Session& session, std::int64_t id);
/// Errors: not_found; corrupt when they are not what was received.
Result<std::string> mail_bytes(Session& session, std::int64_t id);
std::vector<flow::MailRow> mail_rows(Session& session, const flow::MailQuery& query);
/// The state, with the row locked where that means something. Errors: not_found.
Result<flow::MailState> lock_mail(Session& session, std::int64_t id);

/// How a mail ends; `by` is empty when it was the host.
struct MailEnding {
    flow::MailState state = flow::MailState::applied;
    std::string outcome;
    std::string detail;
    MessageId message;
    ItemId item;
    ContactId contact;
    std::string by;
};
void settle_mail(Session& session, std::int64_t id, const MailEnding& ending, core::Instant now);
void keep_reading(Session& session, std::int64_t id, const flow::Reading& reading);

}  // namespace candour::store
