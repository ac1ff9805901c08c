#include "edge/store/fetches.hpp"

#include "candour_queries.hpp"

namespace candour::store {
namespace {

class FetchJob final : public TypedJob<Nothing> {
 public:
    FetchJob(BatchStep& step, flow::LinkFetch one) : fetch(std::move(one)), step_(step) {}
    void run(Session&) override {}
    BatchStep* step() const override { return &step_; }

    flow::LinkFetch fetch;

 private:
    BatchStep& step_;
};

std::vector<flow::LinkFetch> read_between(Session& session, const MessageId& message, core::Instant from,
                                          core::Instant to) {
    std::vector<flow::LinkFetch> fetches;
    flow::LinkFetch one;
    one.message = message;
    long long at = 0, score = 0, trap = 0, has_language = 0;
    Call call = session.call(sql::fetches::fetches_between);
    call.with("message_id", message.text()).with("from_at", from).with("to_at", to);
    call.into(at)
        .into(one.method)
        .into(score)
        .into(trap)
        .into(one.agent)
        .into(one.scanner)
        .into(has_language);
    while (call.next()) {
        one.at = core::from_us(at);
        one.score = static_cast<int>(score);
        one.trap = trap != 0;
        one.has_language = has_language != 0;
        fetches.push_back(one);
    }
    return fetches;
}

}  // namespace

void FetchStep::run(Session& session, std::span<Job* const> jobs) {
    Bulk rows(sql::fetches::append_fetches,
              {"message_id", "at", "method", "score", "trap", "agent", "scanner", "has_language"});
    for (Job* job : jobs) {
        const flow::LinkFetch& fetch = static_cast<FetchJob&>(*job).fetch;
        rows.row({fetch.message.text(), std::to_string(core::to_us(fetch.at)), fetch.method,
                  std::to_string(fetch.score), fetch.trap ? "1" : "0", fetch.agent, fetch.scanner,
                  fetch.has_language ? "1" : "0"});
    }
    rows.run(session);
    for (Job* job : jobs) static_cast<FetchJob&>(*job).set(done());
}

flow::Task<Done> Fetches::append(flow::LinkFetch fetch) {
    return database_.write_job<Nothing>(std::make_unique<FetchJob>(step_, std::move(fetch)));
}

flow::Task<Result<std::vector<flow::LinkFetch>>> Fetches::between(MessageId message, core::Instant from,
                                                                  core::Instant to) {
    return database_.read<std::vector<flow::LinkFetch>>(
        [message = std::move(message), from, to](Session& session) {
            return Result<std::vector<flow::LinkFetch>>(read_between(session, message, from, to));
        });
}

flow::Task<Done> Fetches::forget_before(core::Instant instant) {
    return database_.write<Nothing>([instant](Session& session) {
        session.call(sql::fetches::forget_fetches).with("before", instant).run();
        return done();
    });
}

}  // namespace candour::store
