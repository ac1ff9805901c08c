/// flow::Users over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/identity/users.hpp"

namespace candour::store {

class Users final : public flow::Users {
 public:
    explicit Users(Database& database) : database_(database) {}
    flow::Task<Result<flow::User>> user(std::string key) override;
    flow::Task<Result<std::vector<flow::User>>> users(core::Instant now) override;
    flow::Task<Result<bool>> has_no_admin() override;
    flow::Task<Result<flow::User>> add_user(flow::NewUser user, flow::Doer doer, core::Instant now) override;
    flow::Task<Result<flow::User>> set_role(std::string key, flow::Role role, flow::Doer doer,
                                            core::Instant now) override;
    flow::Task<Result<flow::User>> disable(std::string key, flow::Doer doer, core::Instant now) override;
    flow::Task<Done> set_password(TeammateId teammate, std::string hash, flow::SessionId keep,
                                  flow::Doer doer, core::Instant now) override;
    flow::Task<Result<bool>> wrong_password(TeammateId teammate, std::string address,
                                            core::Instant now) override;

    flow::Task<Result<flow::User>> identified(flow::Identified who, std::string address,
                                              core::Instant now) override;

    flow::Task<Done> open(flow::NewSession fresh, core::Instant now) override;
    flow::Task<Result<flow::Caller>> find_session(std::string digest, core::Instant now) override;
    flow::Task<Done> session_used(TokenId id, core::Instant now) override;
    flow::Task<Result<std::vector<flow::Device>>> devices(TeammateId teammate, core::Instant now) override;
    flow::Task<Done> end_session(TeammateId teammate, flow::SessionId id, flow::Doer doer,
                                 core::Instant now) override;
    flow::Task<Result<std::int64_t>> end_sessions(TeammateId teammate, flow::Doer doer,
                                                  core::Instant now) override;

    flow::Task<Result<MessageId>> add_entrance(flow::EntrancePurpose purpose, TeammateId teammate,
                                               bool by_mail, flow::Doer doer, core::Instant now) override;
    flow::Task<Result<flow::Entrance>> entrance(MessageId id, core::Instant now) override;
    flow::Task<Result<TeammateId>> use_entrance(MessageId id, flow::ChosenPassword chosen,
                                                std::string address, core::Instant now) override;

 private:
    Database& database_;
};

// Inside a transaction.

/// Errors: not_found.
Result<flow::User> find_user(Session& session, const std::string& key, core::Instant now);
/// Tokens that may do more than the role end. Errors: not_found, conflict.
Result<flow::User> set_user_role_in(Session& session, const std::string& key, flow::Role role,
                                    const flow::Doer& doer, core::Instant now);
/// Errors: conflict when nobody would be left to administer.
Done may_lose_admin(Session& session, const flow::User& user);
void add_entrance(Session& session, const MessageId& id, flow::EntrancePurpose purpose,
                  const TeammateId& teammate, core::Instant now);
/// The same, as a mail to them.
MessageId mail_entrance(Session& session, flow::EntrancePurpose purpose, const TeammateId& teammate,
                        core::Instant now);
/// Returns how many there were.
std::int64_t end_all_sessions(Session& session, const TeammateId& teammate, const std::string& but,
                              core::Instant now);

}  // namespace candour::store
