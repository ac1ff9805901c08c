/// GET /api/v1/events: what happens to items, as server-sent events.
#pragma once
#include <boost/asio/io_context.hpp>

#include "edge/http/routes/identity.hpp"
#include "flow/loop/changes.hpp"

namespace candour::http {

class ChangeRoutes {
 public:
    ChangeRoutes(boost::asio::io_context& io, flow::ChangeFeed& feed, flow::Sights& sights)
        : io_(io), feed_(feed), sights_(sights) {}
    void add_to(Router& router, Identity& identity);

 private:
    flow::Task<Response> listen(Request request, flow::Sight sight);

    boost::asio::io_context& io_;
    flow::ChangeFeed& feed_;
    flow::Sights& sights_;
};

}  // namespace candour::http
