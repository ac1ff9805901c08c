/// Coming in and going out: by password or by a link, each time into a session of its own.
///
///     address, password ─▶ right ──▶ session ─▶ cookie        every sign-in makes a new one and ends the old
///     one
///                       ─▶ wrong ──▶ counted; too often in a row: shut for an hour, and a mail with a link
///                       that opens
///     link ─▶ invite, reset, first: a password is chosen ─▶ session
///          ─▶ unlock: the door is open again
#pragma once
#include "flow/clock.hpp"
#include "flow/identity/passwords.hpp"
#include "flow/identity/users.hpp"

namespace candour::flow {

/// Where somebody stands who wants in.
struct Visitor {
    std::string address;
    std::string program;
    std::string had;  ///< digest of the session that their cookie names; or empty
};

struct SignedIn {
    std::string secret;  ///< for the cookie
    User user;
    SessionId session;
};

/// What somebody chose who came by a link.
struct LinkChoice {
    std::string password;
    std::string email, name;  ///< of the first administrator
};

class SignIn {
 public:
    SignIn(Users& users, Passwords& passwords, const Clock& clock)
        : users_(users), passwords_(passwords), clock_(clock) {}

    /// Errors: denied, in the same words and after the same time whether the address or the password is
    /// wrong; exhausted.
    Task<Result<SignedIn>> by_password(std::string email, std::string password, Visitor visitor);
    /// Errors: not_found, invalid, conflict. Without a session when the link only opens a door again.
    Task<Result<std::optional<SignedIn>>> by_link(MessageId link, LinkChoice choice, Visitor visitor);
    /// Whom an identity provider vouches for. Errors: denied.
    Task<Result<SignedIn>> by_provider(Identified who, Visitor visitor);
    /// Errors: denied (the current one is wrong; it counts), invalid.
    Task<Done> change_password(TeammateId teammate, SessionId session, std::string current, std::string fresh,
                               std::string address);
    /// Writes to them when somebody with this address may sign in, and says nothing either way.
    Task<Done> forgotten(std::string email, std::string address);

 private:
    Task<Result<User>> proven(std::string key, std::string password, std::string address);
    Task<Result<SignedIn>> open(User user, const char* way, Visitor visitor);

    Users& users_;
    Passwords& passwords_;
    const Clock& clock_;
};

}  // namespace candour::flow
