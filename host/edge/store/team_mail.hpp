/// flow::TeamMailStore, flow::TeamChoiceStore and flow::TeamLetters over the database.
#pragma once
#include <memory>
#include <string>

#include "core/policies.hpp"
#include "edge/store/database.hpp"
#include "flow/team/team_mail.hpp"

namespace candour::store {

class TeamMail final : public flow::TeamMailStore, public flow::TeamChoiceStore, public flow::TeamLetters {
 public:
    TeamMail(Database& database, std::shared_ptr<const core::Policies> policies)
        : database_(database), policies_(std::move(policies)) {}

    flow::Task<Result<int>> warn(core::Instant now) override;
    flow::Task<Result<int>> gather(core::Instant now, std::chrono::minutes group) override;
    flow::Task<Result<int>> digests(core::Instant now) override;
    flow::Task<Done> forget(core::Instant before) override;
    flow::Task<Result<flow::TeamChoices>> choices(std::string id_or_address) override;
    flow::Task<Result<flow::TeamChoices>> choose(std::string id_or_address,
                                                 flow::NewTeamChoices chosen) override;
    flow::Task<Result<flow::TeamLetter>> letter(MessageId id) override;

 private:
    Database& database_;
    std::shared_ptr<const core::Policies> policies_;
    core::Instant silence_seen_at_ = core::kNever;
};

/// Inside a transaction: a mail to one of us in the outbox. `item`: when it is about one item alone.
struct NewLetter {
    MessageId id;
    std::string teammate;
    std::string about;
    std::string item;
    std::string document;
};
void add_letter(Session& session, const NewLetter& letter, core::Instant now);
/// Addresses of our own people that nothing is sent to any more.
std::vector<std::string> unreachable_teammates(Session& session);
/// What somebody chose, and what is usual where they chose nothing.
std::map<core::NoticeKind, core::NoticeChoice> kinds_of(Session& session, const std::string& teammate);

}  // namespace candour::store
