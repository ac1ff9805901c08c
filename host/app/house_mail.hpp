/// Where mail goes in a demo without a relay: nowhere. It counts as handed over, and /demo/mail shows it.
#pragma once
#include "flow/delivery/deliverer.hpp"

namespace candour::app {

class HouseMail final : public flow::Deliverer {
 public:
    flow::Task<flow::Outcome> deliver(flow::Outgoing message, flow::PointOfNoReturn before) override;
};

}  // namespace candour::app
