#include "edge/store/outbox_steps.hpp"

#include "candour_queries.hpp"

namespace candour::store {
namespace {

template <class What>
class OutboxJob final : public TypedJob<Nothing> {
 public:
    OutboxJob(BatchStep& step, What one) : what(std::move(one)), step_(step) {}
    void run(Session&) override {}
    BatchStep* step() const override { return &step_; }

    What what;

 private:
    BatchStep& step_;
};

struct Mark {
    MessageId id;
    std::string host;
    core::Instant until;
};

Error not_ours(const MessageId& id) {
    return {ErrorCode::conflict,
            "message " + id.text() + ": the lease is not ours any more, or its campaign was stopped"};
}

std::string us(core::Instant at) {
    return std::to_string(core::to_us(at));
}

}  // namespace

std::unique_ptr<TypedJob<Nothing>> MarkStep::job(MessageId id, std::string host, core::Instant until) {
    return std::make_unique<OutboxJob<Mark>>(*this, Mark{std::move(id), std::move(host), until});
}

void MarkStep::run(Session& session, std::span<Job* const> jobs) {
    Bulk marks(sql::delivery::mark_transmitting, {"until", "id", "owner", "place"});
    for (std::size_t place = 0; place < jobs.size(); ++place) {
        const Mark& mark = static_cast<OutboxJob<Mark>&>(*jobs[place]).what;
        marks.row({us(mark.until), mark.id.text(), mark.host, std::to_string(place)});
    }
    const std::set<std::int64_t> marked = marks.claim(session);
    for (std::size_t place = 0; place < jobs.size(); ++place) {
        auto& job = static_cast<OutboxJob<Mark>&>(*jobs[place]);
        job.set(marked.contains(static_cast<std::int64_t>(place)) ? done() : not_ours(job.what.id));
    }
}

bool HandedOverStep::takes(const flow::Receipt& receipt) {
    return receipt.kind == core::MessageKind::invitation && receipt.item.empty() &&
           receipt.state == core::MessageState::handed_over && !receipt.composed.content.empty();
}

std::unique_ptr<TypedJob<Nothing>> HandedOverStep::job(flow::Receipt receipt) {
    return std::make_unique<OutboxJob<flow::Receipt>>(*this, std::move(receipt));
}

void HandedOverStep::run(Session& session, std::span<Job* const> jobs) {
    Bulk shared(sql::delivery::keep_shared_letters, {"id", "text"});
    std::set<std::string_view> shared_ids;
    Bulk copies(sql::delivery::keep_copies,
                {"message_id", "recipient", "subject", "content", "shared_id", "at"});
    Bulk receipts(sql::delivery::append_receipts,
                  {"message_id", "attempt", "fate", "code", "status", "detail", "at"});
    Bulk messages(sql::delivery::hand_over_messages, {"id", "at"});
    for (Job* job : jobs) {
        auto& one = static_cast<OutboxJob<flow::Receipt>&>(*job);
        const flow::Receipt& receipt = one.what;
        const std::string &id = receipt.id.text(), at = us(receipt.at);
        const flow::Composed& letter = receipt.composed;
        if (letter.shared && shared_ids.insert(letter.shared->id).second)
            shared.row({letter.shared->id, letter.shared->text});
        copies.row({id, receipt.recipient, letter.subject, letter.shared ? letter.parts : letter.content,
                    letter.shared ? letter.shared->id : "", at});
        receipts.row({id, std::to_string(receipt.attempt), "handed_over",
                      std::to_string(receipt.outcome.code), receipt.outcome.status, receipt.outcome.detail,
                      at});
        messages.row({id, at});
        one.set(done());
    }
    shared.run(session);
    copies.run(session);
    receipts.run(session);
    messages.run(session);
}

}  // namespace candour::store
