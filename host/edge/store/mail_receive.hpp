/// Keeping mail as it came, many deliveries in one set of statements.
#pragma once
#include "edge/store/job.hpp"
#include "flow/ingest/mails.hpp"

namespace candour::store {

class MailReceiveJob final : public TypedJob<Nothing> {
 public:
    MailReceiveJob(BatchStep& step, flow::ArrivedMail arrived, core::Instant at);
    void run(Session&) override {}
    BatchStep* step() const override { return &step_; }

    flow::ArrivedMail mail;
    std::string digest;  ///< SHA-256, hexadecimal
    core::Instant now;

 private:
    BatchStep& step_;
};

class MailReceiveStep final : public BatchStep {
 public:
    void run(Session& session, std::span<Job* const> jobs) override;
};

}  // namespace candour::store
