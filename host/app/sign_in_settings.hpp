/// [sign_in.oidc]: the identity provider whose people may come in.
#pragma once
#include <filesystem>

#include "app/settings.hpp"

namespace candour::app {

void read_sign_in(Settings& settings, const std::filesystem::path& beside, Config& config);

}  // namespace candour::app
