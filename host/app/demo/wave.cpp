#include "app/demo/wave.hpp"

#include "app/cli/campaign_words.hpp"

namespace candour::app::demo {

Result<boost::json::value> send_wave(const cli::Api& api) {
    cli::Asking asking;
    asking.plugin = "relationship_nps";
    asking.all = true;
    asking.key = "demo-wave";
    return cli::ask_for_campaign(api, asking);
}

}  // namespace candour::app::demo
