/// How customers know us: the name, the colour and the logo on every page, the name and the colour in every
/// mail.
///
///     PUT /api/v1/brand ─▶ BrandStore (a row, every host has it) ─▶ BrandDesk ─▶ core::Policies, the pages
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/brand/colour.hpp"
#include "core/policies.hpp"
#include "flow/clock.hpp"
#include "flow/identity/audit.hpp"

namespace candour::flow {

struct Logo {
    std::string type;  ///< image/svg+xml or image/png
    std::string bytes;
};

struct Brand {
    std::string name;         ///< empty: what the configuration says
    std::string colour;       ///< #rrggbb; empty: none
    std::string text_colour;  ///< what can be read on it; never without the colour
    std::string logo_type;    ///< empty: none
    std::string logo_digest;  ///< of its bytes: it changes with them
    std::int64_t version = 0;
    std::string changed_by;
    core::Instant changed_at = core::kNever;
};

/// What is done with the logo.
enum class LogoWish : std::uint8_t { keep, take_away, replace };

class BrandStore {
 public:
    virtual ~BrandStore() = default;
    /// Version 0: nobody has set one.
    virtual Task<Result<Brand>> brand() = 0;
    /// Errors: not_found.
    virtual Task<Result<Logo>> logo() = 0;
    /// Over the version that `fresh` carries. Errors: conflict.
    virtual Task<Result<Brand>> set(Brand fresh, LogoWish wish, Logo logo, Doer doer) = 0;
};

/// What is in force on this host. Belongs to the host's thread, and so does the part of `policies` that it
/// writes: the organisation's name and colours.
class BrandDesk {
 public:
    BrandDesk(BrandStore& store, Clock& clock, std::shared_ptr<core::Policies> policies)
        : store_(store),
          clock_(clock),
          policies_(std::move(policies)),
          configured_name_(policies_->organisation) {}

    const Brand& now() const { return brand_; }
    const std::string& configured_name() const { return configured_name_; }
    /// Errors: invalid (a colour that is none), conflict (somebody was faster).
    Task<Result<Brand>> set(Brand fresh, LogoWish wish, Logo logo, Doer doer);
    Task<Result<Logo>> logo() { return store_.logo(); }

    /// Takes what the database says.
    Task<Done> catch_up();
    /// Again and again: another host may have set it.
    Task<void> follow();

 private:
    void take(Brand brand);

    BrandStore& store_;
    Clock& clock_;
    std::shared_ptr<core::Policies> policies_;
    const std::string configured_name_;
    Brand brand_;
};

}  // namespace candour::flow
