/// flow::PreferenceStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/campaign/preferences.hpp"

namespace candour::store {

class Preferences final : public flow::PreferenceStore {
 public:
    /// `zone`: where the organisation's days begin.
    Preferences(Database& database, std::string zone) : database_(database), zone_(std::move(zone)) {}

    flow::Task<Result<flow::Preferences>> preferences(MessageId message) override;
    flow::Task<Result<flow::Preferences>> prefer(MessageId message, flow::NewPreferences wishes,
                                                 core::Instant now) override;

 private:
    Database& database_;
    std::string zone_;
};

}  // namespace candour::store
