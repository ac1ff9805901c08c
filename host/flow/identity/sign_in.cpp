#include "flow/identity/sign_in.hpp"

#include "crypto/digest.hpp"
#include "crypto/id_source.hpp"

namespace candour::flow {
namespace {

constexpr std::size_t kSessionBytes = 32;

Error wrong_password_error() {
    return {ErrorCode::denied,
            "address and password do not belong together, or this address is locked for an hour; the sign-in "
            "page "
            "sends a link to whoever has forgotten theirs"};
}

}  // namespace

/// A locked door looks like a wrong password: whoever guesses does not learn when to stop.
Task<Result<User>> SignIn::proven(std::string key, std::string password, std::string address) {
    auto finding = users_.user(std::move(key));
    Result<User> user = co_await std::move(finding);
    if (!user && user.error().code != ErrorCode::not_found) co_return user.error();
    const bool known = user && user->may_sign_in();
    auto trying = passwords_.fits(std::move(password), known ? user->password : std::string());
    const Result<bool> fits = co_await std::move(trying);
    if (!fits) co_return fits.error();
    if (!known) co_return wrong_password_error();
    const core::Instant now = clock_.now();
    if (user->locked_until > now) co_return wrong_password_error();
    if (*fits) co_return user;
    auto counting = users_.wrong_password(user->teammate.id, std::move(address), now);
    const Result<bool> locked = co_await std::move(counting);
    if (!locked) co_return locked.error();
    co_return wrong_password_error();
}

Task<Result<SignedIn>> SignIn::open(User user, const char* way, Visitor visitor) {
    SignedIn opened{crypto::to_hex(crypto::random_bytes(kSessionBytes)), std::move(user),
                    crypto::new_id<SessionId>(clock_.now())};
    NewSession session{opened.session,
                       crypto::to_hex(crypto::sha256(opened.secret)),
                       opened.user.teammate.id,
                       way,
                       visitor.address,
                       visitor.program,
                       visitor.had};
    auto opening = users_.open(std::move(session), clock_.now());
    const Done done_so = co_await std::move(opening);
    if (!done_so) co_return done_so.error();
    co_return opened;
}

Task<Result<SignedIn>> SignIn::by_password(std::string email, std::string password, Visitor visitor) {
    auto proving = proven(std::move(email), std::move(password), visitor.address);
    Result<User> user = co_await std::move(proving);
    if (!user) co_return user.error();
    auto opening = open(std::move(*user), "password", std::move(visitor));
    Result<SignedIn> opened = co_await std::move(opening);
    co_return opened;
}

Task<Result<std::optional<SignedIn>>> SignIn::by_link(MessageId link, LinkChoice choice, Visitor visitor) {
    auto looking = users_.entrance(link, clock_.now());
    const Result<Entrance> entrance = co_await std::move(looking);
    if (!entrance) co_return entrance.error();
    const bool first = entrance->purpose == EntrancePurpose::first;
    const bool opens = entrance->purpose == EntrancePurpose::unlock;
    const core::Teammate& whose = entrance->teammate;
    if (first && choice.email.empty())
        co_return Error{ErrorCode::invalid, "email: the first administrator needs an address, found none"};
    ChosenPassword chosen{{}, choice.email, choice.name};
    if (!opens) {
        const Done good = check_password(choice.password, first ? choice.email : whose.email,
                                         first ? choice.name : whose.name);
        if (!good) co_return good.error();
        auto hashing = passwords_.hash(std::move(choice.password));
        const Result<std::string> hash = co_await std::move(hashing);
        if (!hash) co_return hash.error();
        chosen.hash = *hash;
    }
    auto taking = users_.use_entrance(link, std::move(chosen), visitor.address, clock_.now());
    const Result<TeammateId> teammate = co_await std::move(taking);
    if (!teammate) co_return teammate.error();
    if (opens) co_return std::optional<SignedIn>();
    auto finding = users_.user(teammate->text());
    Result<User> user = co_await std::move(finding);
    if (!user) co_return user.error();
    auto opening = open(std::move(*user), "link", std::move(visitor));
    Result<SignedIn> opened = co_await std::move(opening);
    if (!opened) co_return opened.error();
    co_return std::optional<SignedIn>(std::move(*opened));
}

Task<Result<SignedIn>> SignIn::by_provider(Identified who, Visitor visitor) {
    auto finding = users_.identified(std::move(who), visitor.address, clock_.now());
    Result<User> user = co_await std::move(finding);
    if (!user) co_return user.error();
    auto opening = open(std::move(*user), "oidc", std::move(visitor));
    Result<SignedIn> opened = co_await std::move(opening);
    co_return opened;
}

Task<Done> SignIn::change_password(TeammateId teammate, SessionId session, std::string current,
                                   std::string fresh, std::string address) {
    auto proving = proven(teammate.text(), std::move(current), address);
    const Result<User> user = co_await std::move(proving);
    if (!user) co_return user.error();
    const core::Teammate& whose = user->teammate;
    if (Done good = check_password(fresh, whose.email, whose.name); !good) co_return good;
    auto hashing = passwords_.hash(std::move(fresh));
    const Result<std::string> hash = co_await std::move(hashing);
    if (!hash) co_return hash.error();
    auto setting = users_.set_password(teammate, *hash, session, Doer{teammate.text(), whose.name, address},
                                       clock_.now());
    const Done set = co_await std::move(setting);
    co_return set;
}

Task<Done> SignIn::forgotten(std::string email, std::string address) {
    auto finding = users_.user(std::move(email));
    const Result<User> user = co_await std::move(finding);
    if (!user && user.error().code != ErrorCode::not_found) co_return user.error();
    if (!user || !user->may_sign_in()) co_return done();
    auto adding = users_.add_entrance(EntrancePurpose::reset, user->teammate.id, true,
                                      Doer{"", "", std::move(address)}, clock_.now());
    const Result<MessageId> added = co_await std::move(adding);
    if (!added) co_return added.error();
    co_return done();
}

}  // namespace candour::flow
