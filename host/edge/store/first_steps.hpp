/// flow::FirstSteps over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/house/first_steps.hpp"

namespace candour::store {

class FirstSteps final : public flow::FirstSteps {
 public:
    explicit FirstSteps(Database& database) : database_(database) {}
    flow::Task<Result<flow::HouseContents>> contents() override;
    flow::Task<Done> dismiss(bool dismissed, flow::Doer doer, core::Instant now) override;

 private:
    Database& database_;
};

}  // namespace candour::store
