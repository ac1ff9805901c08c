/// flow::OutboxStore, flow::PluginMail and flow::Mailbook over the database.
#pragma once
#include <memory>

#include "core/delivery/bounce.hpp"
#include "core/policies.hpp"
#include "edge/store/database.hpp"
#include "edge/store/outbox_steps.hpp"
#include "flow/clock.hpp"
#include "flow/delivery/mailbook.hpp"
#include "flow/delivery/outbox.hpp"
#include "flow/delivery/plugin_mail.hpp"

namespace candour::store {

class Outbox final : public flow::OutboxStore, public flow::PluginMail, public flow::Mailbook {
 public:
    Outbox(Database& database, const flow::Clock& clock, core::SoftRule soft = {})
        : database_(database), clock_(clock), soft_(soft) {}

    flow::Task<Result<std::vector<flow::DueMessage>>> claim(std::string host, core::Instant now,
                                                            core::Instant until, int limit) override;
    flow::Task<Done> mark_transmitting(MessageId id, std::string host, core::Instant until) override;
    flow::Task<Done> record(flow::Receipt receipt) override;
    flow::Task<Result<MessageId>> send(flow::PluginMailRequest request) override;

    flow::Task<Done> bounced(MessageId id, std::string status, std::string detail) override;
    flow::Task<Result<std::vector<flow::SentCopy>>> copies(std::string id, int limit) override;
    flow::Task<Result<std::vector<flow::MessageRow>>> of_item(ItemId item) override;

 private:
    Database& database_;
    const flow::Clock& clock_;
    core::SoftRule soft_;
    MarkStep marks_;
    HandedOverStep handed_over_;
};

}  // namespace candour::store
