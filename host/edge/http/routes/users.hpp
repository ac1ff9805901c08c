/// /api/v1/users: which of our own people may sign in, as what, and where they are signed in; /api/v1/audit:
/// what was done to the house.
#pragma once
#include "crypto/link_tokens.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/identity.hpp"

namespace candour::http {

struct UserNeeds {
    flow::Users& users;
    flow::AuditLog& audit;
    const crypto::LinkTokens& links;
    const flow::Clock& clock;
    std::string public_url;
};

class UserRoutes {
 public:
    explicit UserRoutes(const UserNeeds& needs) : needs_(needs) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> list(Request request);
    flow::Task<Response> add(Request request, flow::Caller caller);
    flow::Task<Response> set_role(Request request, flow::Caller caller);
    flow::Task<Response> disable(Request request, flow::Caller caller);
    flow::Task<Response> make_link(Request request, flow::Caller caller);
    // Everybody sees and ends their own; an administrator those of all of us.
    flow::Task<Response> devices(Request request, flow::Caller caller);
    flow::Task<Response> end_session(Request request, flow::Caller caller);
    flow::Task<Response> end_sessions(Request request, flow::Caller caller);
    flow::Task<Response> audit(Request request);

    /// Whom the path names: an id, an address, or `me`.
    flow::Task<Result<flow::User>> named(std::string key, flow::Caller caller);
    flow::Task<Response> with_link(flow::User user, bool by_mail, flow::Caller caller, unsigned status);

    UserNeeds needs_;
};

}  // namespace candour::http
