/// flow::ImportedPeople over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/ingest/import_desk.hpp"

namespace candour::store {

class ImportedPeople final : public flow::ImportedPeople {
 public:
    explicit ImportedPeople(Database& database) : database_(database) {}
    flow::Task<Result<std::vector<Result<flow::FoundPerson>>>> find(
        std::vector<flow::ImportedPerson> people) override;
    flow::Task<Done> remember(std::vector<flow::NamedElsewhere> names, core::Instant now) override;

 private:
    Database& database_;
};

}  // namespace candour::store
