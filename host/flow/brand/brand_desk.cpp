#include "flow/brand/brand.hpp"
#include "log/log.hpp"

namespace candour::flow {
namespace {

/// So long another host's pages may wear what was changed on this one.
constexpr std::chrono::seconds kBrandLook{10};

}  // namespace

void BrandDesk::take(Brand brand) {
    policies_->organisation = brand.name.empty() ? configured_name_ : brand.name;
    policies_->brand_colour = brand.colour;
    policies_->brand_text = brand.text_colour;
    brand_ = std::move(brand);
}

Task<Result<Brand>> BrandDesk::set(Brand fresh, LogoWish wish, Logo logo, Doer doer) {
    fresh.text_colour.clear();
    if (!fresh.colour.empty()) {
        const Result<core::Colour> colour = core::read_colour(fresh.colour);
        if (!colour) co_return colour.error();
        fresh.colour = core::to_text(*colour);
        fresh.text_colour = core::to_text(core::text_on(*colour));
    }
    fresh.changed_at = clock_.now();
    fresh.changed_by = doer.name;
    auto writing = store_.set(std::move(fresh), wish, std::move(logo), std::move(doer));
    Result<Brand> written = co_await std::move(writing);
    if (written) take(*written);
    co_return written;
}

Task<Done> BrandDesk::catch_up() {
    auto reading = store_.brand();
    Result<Brand> brand = co_await std::move(reading);
    if (!brand) co_return brand.error();
    if (brand->version != brand_.version) take(std::move(*brand));
    co_return done();
}

Task<void> BrandDesk::follow() {
    for (;;) {
        auto waiting = clock_.wait_until(clock_.now() + kBrandLook);
        co_await std::move(waiting);
        auto catching = catch_up();
        const Done caught = co_await std::move(catching);
        if (!caught) log::warn("brand: it stays as it was: {}", caught.error().message);
    }
}

}  // namespace candour::flow
