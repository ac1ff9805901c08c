#include "app/house_mail.hpp"

namespace candour::app {

flow::Task<flow::Outcome> HouseMail::deliver(flow::Outgoing, flow::PointOfNoReturn before) {
    auto marking = before();
    Done marked = co_await std::move(marking);
    if (!marked) co_return flow::Outcome{flow::Fate::deferred, 0, "", marked.error().message};
    co_return flow::Outcome{flow::Fate::handed_over, 250, "2.0.0",
                            "kept in the house: this is a demo without a relay"};
}

}  // namespace candour::app
