/// flow::Views over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/clock.hpp"
#include "flow/metrics/views.hpp"

namespace candour::store {

class Views final : public flow::Views {
 public:
    Views(Database& database, const flow::Clock& clock) : database_(database), clock_(clock) {}
    flow::Task<Result<flow::ViewPage>> read(flow::ViewQuery query) override;

 private:
    Database& database_;
    const flow::Clock& clock_;
};

}  // namespace candour::store
