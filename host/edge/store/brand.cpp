#include "edge/store/brand.hpp"

#include "candour_queries.hpp"
#include "crypto/base64.hpp"
#include "crypto/digest.hpp"
#include "edge/store/audit.hpp"

namespace candour::store {
namespace {

/// Enough of a digest to tell logos apart in an address.
constexpr std::size_t kLogoMark = 16;

flow::Brand select_brand(Session& session) {
    flow::Brand brand;
    long long version = 0, at = 0;
    Call call = session.call(sql::brand::brand);
    call.into(brand.name).into(brand.colour).into(brand.text_colour).into(brand.logo_type);
    call.into(brand.logo_digest).into(version).into(brand.changed_by).into(at);
    if (!call.next()) return {};
    brand.version = version;
    brand.changed_at = core::from_us(at);
    return brand;
}

Result<flow::Logo> select_logo(Session& session) {
    flow::Logo logo;
    std::string base64;
    Call call = session.call(sql::brand::logo);
    call.into(logo.type).into(base64);
    if (!call.next()) return Error{ErrorCode::not_found, "there is no logo"};
    logo.bytes = crypto::from_base64(base64);
    return logo;
}

/// As the audit log says it.
std::string brand_in_words(const flow::Brand& brand) {
    return "name " + (brand.name.empty() ? "as configured" : "\"" + brand.name + "\"") + ", colour " +
           (brand.colour.empty() ? "none" : brand.colour) + ", logo " +
           (brand.logo_type.empty() ? "none" : brand.logo_type + " " + brand.logo_digest);
}

void put_logo(Session& session, const flow::Logo& logo) {
    const bool none = logo.bytes.empty();
    session.call(sql::brand::put_logo)
        .with("logo_type", none ? std::string() : logo.type)
        .with("logo_digest",
              none ? std::string() : crypto::to_hex(crypto::sha256(logo.bytes)).substr(0, kLogoMark))
        .with("logo", none ? std::string() : crypto::to_base64(logo.bytes))
        .run();
}

Result<flow::Brand> write_brand(Session& session, const flow::Brand& fresh, flow::LogoWish wish,
                                const flow::Logo& logo, const flow::Doer& doer) {
    const flow::Brand before = select_brand(session);
    Call call = session.call(fresh.version == 0 ? sql::brand::add : sql::brand::change);
    call.with("name", fresh.name).with("colour", fresh.colour).with("text_colour", fresh.text_colour);
    call.with("changed_by", fresh.changed_by).with("changed_at", fresh.changed_at);
    if (fresh.version != 0) call.with("seen", fresh.version);
    if (call.run() == 0)
        return Error{ErrorCode::conflict, "brand: expected version " + std::to_string(fresh.version) +
                                              ", found " + std::to_string(before.version) +
                                              ": look at it again, then decide"};
    if (wish != flow::LogoWish::keep)
        put_logo(session, wish == flow::LogoWish::replace ? logo : flow::Logo{});
    flow::Brand after = select_brand(session);
    write_down(session, {doer, "brand_changed", "", brand_in_words(before), brand_in_words(after)},
               fresh.changed_at);
    return after;
}

}  // namespace

flow::Task<Result<flow::Brand>> BrandStore::brand() {
    return database_.read<flow::Brand>(
        [](Session& session) { return Result<flow::Brand>(select_brand(session)); });
}

flow::Task<Result<flow::Logo>> BrandStore::logo() {
    return database_.read<flow::Logo>([](Session& session) { return select_logo(session); });
}

flow::Task<Result<flow::Brand>> BrandStore::set(flow::Brand fresh, flow::LogoWish wish, flow::Logo logo,
                                                flow::Doer doer) {
    return database_.write<flow::Brand>(
        [=](Session& session) { return write_brand(session, fresh, wish, logo, doer); });
}

}  // namespace candour::store
