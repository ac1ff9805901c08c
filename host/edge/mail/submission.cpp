#include "edge/mail/submission.hpp"

#include "edge/mail/submission/pool.hpp"

namespace candour::mail {

Submission::Submission(flow::Executor executor, SubmissionConfig config)
    : pool_(std::make_shared<Pool>(executor, std::move(config))) {}

Submission::~Submission() {
    stop();
}

void Submission::stop() {
    pool_->stop();
}

flow::Task<flow::Outcome> Submission::deliver(flow::Outgoing message, flow::PointOfNoReturn before) {
    const std::shared_ptr<Pool> pool = pool_;
    Result<Parcel> parcel = pack(message);
    if (!parcel) co_return flow::Outcome{flow::Fate::rejected, 0, "5.6.0", parcel.error().message};
    const JobPtr job = std::make_shared<Job>(pool->executor(), *std::move(parcel), std::move(before));
    pool->add(job);
    flow::Outcome outcome = co_await pool->outcome(job);
    co_return outcome;
}

}  // namespace candour::mail
