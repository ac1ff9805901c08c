/// flow::MailStore over the database.
#pragma once
#include <memory>

#include "edge/store/database.hpp"
#include "edge/store/ingest_step.hpp"
#include "edge/store/mail_receive.hpp"
#include "flow/ingest/mails.hpp"

namespace candour::store {

class Mails final : public flow::MailStore {
 public:
    /// `shard` is this writer's slot in the counters of observations.
    Mails(Database& database, std::shared_ptr<const core::Policies> policies, int shard)
        : database_(database), ingest_step_(std::move(policies), shard) {}

    flow::Task<Done> receive(flow::ArrivedMail mail, core::Instant now) override;
    flow::Task<Result<std::vector<flow::PendingMail>>> take(core::Instant now, core::Instant until,
                                                            int limit) override;
    flow::Task<Done> keep_reading(std::int64_t id, flow::Reading reading) override;
    flow::Task<Result<flow::AppliedMail>> apply(flow::MailToApply mail, core::Instant now) override;
    flow::Task<Done> postpone(std::int64_t id, core::Instant not_before, std::string why) override;
    flow::Task<Done> dead_letter(std::int64_t id, std::string why, core::Instant now) override;
    flow::Task<Result<std::vector<flow::MailRow>>> list(flow::MailQuery query) override;
    flow::Task<Result<std::vector<flow::MailCount>>> waiting() override;
    flow::Task<Result<flow::MailRow>> find(std::int64_t id) override;
    flow::Task<Result<std::string>> bytes(std::int64_t id) override;
    flow::Task<Result<flow::AppliedMail>> assign(flow::MailAssignment assignment, core::Instant now) override;
    flow::Task<Done> dismiss(std::int64_t id, std::string reason, std::string actor,
                             core::Instant now) override;
    flow::Task<Done> try_again(std::int64_t id, core::Instant now) override;

 private:
    Database& database_;
    MailReceiveStep receive_step_;
    IngestStep ingest_step_;
};

}  // namespace candour::store
