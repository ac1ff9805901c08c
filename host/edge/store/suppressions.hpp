/// flow::SuppressionStore over the database, and what bounces do to an address.
#pragma once
#include "core/delivery/bounce.hpp"
#include "edge/store/database.hpp"
#include "edge/store/session.hpp"
#include "flow/delivery/suppressions.hpp"

namespace candour::store {

class Suppressions final : public flow::SuppressionStore {
 public:
    explicit Suppressions(Database& database) : database_(database) {}

    flow::Task<Result<std::vector<flow::Suppression>>> list(flow::SuppressionQuery query) override;
    flow::Task<Result<flow::AddressStory>> story(std::string address) override;
    flow::Task<Result<flow::AddressStory>> lift(flow::LiftRequest request, core::Instant now) override;

 private:
    Database& database_;
};

/// A mail that came back from an address.
struct AddressBounce {
    std::string address;
    core::BounceKind kind = core::BounceKind::neither;
    std::string status;
    std::string detail;
    MessageId message;
    std::int64_t mail = 0;  ///< the mail that said so; 0: the server refused at once
    core::Instant at;
};
/// Inside a transaction: writes it down, and suppresses the address when it was hard, or one soft one too
/// many.
void note_bounce(Session& session, const AddressBounce& bounce, core::SoftRule rule);

/// Inside a transaction: its owner complained, and nothing is sent there any more.
void note_complaint(Session& session, const AddressBounce& complaint);

}  // namespace candour::store
