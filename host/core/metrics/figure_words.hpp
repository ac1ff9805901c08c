/// The words of figures as people say them: reasons, headlines and the names of what stands behind a figure.
#pragma once
#include <string>
#include <string_view>

namespace candour::core {

/// "account_mean" → "mean of the accounts". What nobody has written down here is shown with spaces in place
/// of underscores, so that a third party's metric is readable too.
std::string figure_words(std::string_view name);

}  // namespace candour::core
