#include "edge/store/packages.hpp"

#include "candour_queries.hpp"
#include "crypto/base64.hpp"
#include "edge/store/audit.hpp"

namespace candour::store {
namespace {

using StoredPackages = std::vector<flow::StoredPackage>;
using Installations = std::vector<flow::Installation>;

std::string in_lines(const std::set<std::string>& grants) {
    std::string text;
    for (const std::string& grant : grants) text += grant + "\n";
    return text;
}

std::set<std::string> from_lines(const std::string& text) {
    std::set<std::string> grants;
    for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
        grants.insert(text.substr(at, end - at));
    return grants;
}

Result<StoredPackages> select_packages(Session& session) {
    flow::StoredPackage one;
    long long at = 0;
    Call call = session.call(sql::package::packages);
    call.into(one.digest).into(one.plugin).into(one.version).into(one.signer).into(one.signer_key);
    call.into(one.installed_by).into(at);
    StoredPackages all;
    while (call.next()) {
        one.installed_at = core::from_us(at);
        all.push_back(one);
    }
    return all;
}

Result<Installations> select_installations(Session& session) {
    flow::Installation one;
    std::string grants;
    long long enabled = 0, version = 0, at = 0;
    Call call = session.call(sql::package::installations);
    call.into(one.plugin).into(one.current).into(one.previous).into(one.offered).into(enabled).into(grants);
    call.into(version).into(one.changed_by).into(at);
    Installations all;
    while (call.next()) {
        one.enabled = enabled != 0;
        one.grants = from_lines(grants);
        one.version = version;
        one.changed_at = core::from_us(at);
        all.push_back(one);
    }
    return all;
}

/// As the audit log says it; digests as far as they tell packages apart.
std::string installation_in_words(const flow::Installation& one) {
    std::string grants;
    for (const std::string& grant : one.grants) grants += (grants.empty() ? "" : ", ") + grant;
    return std::string(one.enabled ? "enabled" : "disabled") + ", package " +
           (one.current.empty() ? "none" : one.current.substr(0, 12)) +
           (one.offered.empty() ? "" : ", offered " + one.offered.substr(0, 12)) + ", grants " +
           (grants.empty() ? "none" : grants);
}

std::string installation_before(Session& session, const std::string& plugin) {
    const Result<Installations> all = select_installations(session);
    for (const flow::Installation& one : *all)
        if (one.plugin == plugin) return installation_in_words(one);
    return {};
}

Result<flow::Installation> write_installation(Session& session, flow::Installation fresh,
                                              const flow::Doer& by, const std::string& act) {
    const std::string before = installation_before(session, fresh.plugin);
    Call call = session.call(fresh.version == 0 ? sql::package::add : sql::package::change);
    call.with("plugin", fresh.plugin).with("current", fresh.current).with("previous", fresh.previous);
    call.with("offered", fresh.offered).with("enabled", std::int64_t{fresh.enabled ? 1 : 0});
    call.with("grants", in_lines(fresh.grants)).with("changed_by", fresh.changed_by);
    call.with("changed_at", fresh.changed_at);
    if (fresh.version != 0) call.with("seen", fresh.version);
    if (call.run() == 0)
        return Error{ErrorCode::conflict,
                     "plugin " + fresh.plugin +
                         ": somebody decided about it meanwhile; look at it again, then decide"};
    session.call(sql::package::drop_former)
        .with("plugin", fresh.plugin)
        .with("current", fresh.current)
        .with("previous", fresh.previous)
        .with("offered", fresh.offered)
        .run();
    write_down(session, {by, act, fresh.plugin, before, installation_in_words(fresh)}, fresh.changed_at);
    ++fresh.version;
    return fresh;
}

}  // namespace

flow::Task<Done> Packages::keep(flow::StoredPackage package, std::string bytes) {
    return database_.write<Nothing>(
        [package = std::move(package), bytes = std::move(bytes)](Session& session) {
            session.call(sql::package::keep)
                .with("digest", package.digest)
                .with("plugin", package.plugin)
                .with("version", package.version)
                .with("signer", package.signer)
                .with("signer_key", package.signer_key)
                .with("bytes", session.dialect() == Dialect::sqlite ? bytes : crypto::to_base64(bytes))
                .with("installed_by", package.installed_by)
                .with("installed_at", package.installed_at)
                .run();
            return done();
        });
}

flow::Task<Result<std::string>> Packages::bytes(std::string digest) {
    return database_.read<std::string>([digest = std::move(digest)](Session& session) -> Result<std::string> {
        std::string bytes;
        Call call = session.call(sql::package::bytes);
        call.with("digest", digest).into(bytes);
        if (!call.next()) return Error{ErrorCode::not_found, "there is no package " + digest};
        return session.dialect() == Dialect::sqlite ? bytes : crypto::from_base64(bytes);
    });
}

flow::Task<Result<StoredPackages>> Packages::packages() {
    return database_.read<StoredPackages>([](Session& session) { return select_packages(session); });
}

flow::Task<Result<Installations>> Packages::installations() {
    return database_.read<Installations>([](Session& session) { return select_installations(session); });
}

flow::Task<Result<flow::Installation>> Packages::decide(flow::Installation fresh, flow::Doer by,
                                                        std::string act) {
    return database_.write<flow::Installation>(
        [=](Session& session) { return write_installation(session, fresh, by, act); });
}

}  // namespace candour::store
