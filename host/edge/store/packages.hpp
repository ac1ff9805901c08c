/// flow::Packages over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/packages/packages.hpp"

namespace candour::store {

class Packages final : public flow::Packages {
 public:
    explicit Packages(Database& database) : database_(database) {}

    flow::Task<Done> keep(flow::StoredPackage package, std::string bytes) override;
    flow::Task<Result<std::string>> bytes(std::string digest) override;
    flow::Task<Result<std::vector<flow::StoredPackage>>> packages() override;
    flow::Task<Result<std::vector<flow::Installation>>> installations() override;
    flow::Task<Result<flow::Installation>> decide(flow::Installation fresh, flow::Doer by,
                                                  std::string act) override;

 private:
    Database& database_;
};

}  // namespace candour::store
