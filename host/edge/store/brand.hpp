/// flow::BrandStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/brand/brand.hpp"

namespace candour::store {

class BrandStore final : public flow::BrandStore {
 public:
    explicit BrandStore(Database& database) : database_(database) {}
    flow::Task<Result<flow::Brand>> brand() override;
    flow::Task<Result<flow::Logo>> logo() override;
    flow::Task<Result<flow::Brand>> set(flow::Brand fresh, flow::LogoWish wish, flow::Logo logo,
                                        flow::Doer doer) override;

 private:
    Database& database_;
};

}  // namespace candour::store
