/// flow::ThemeStore over the database.
#pragma once
#include "edge/store/database.hpp"
#include "flow/loop/themes.hpp"

namespace candour::store {

class Themes final : public flow::ThemeStore {
 public:
    explicit Themes(Database& database) : database_(database) {}

    flow::Task<Result<flow::ThemeView>> say(flow::ThemeRef theme, core::ThemeEntry entry,
                                            int seen_version) override;
    flow::Task<Result<std::vector<flow::ThemeView>>> themes(std::int64_t before, int limit,
                                                            std::string sees = {}) override;
    flow::Task<Result<flow::ThemeView>> theme(flow::ThemeRef ref, std::string sees = {}) override;
    flow::Task<Result<std::vector<flow::ThemeMember>>> members(core::ThemeId theme, std::int64_t after,
                                                               int limit, std::string sees = {}) override;

 private:
    Database& database_;
};

/// Binds every column of `add_theme` and `update_theme`.
void write_theme(Call& call, const core::Theme& theme);
/// Inside a transaction: the theme, locked where that means something; without an id when there is none.
core::Theme load_theme(Session& session, const core::ThemeId& id, std::int64_t number = 0);

}  // namespace candour::store
