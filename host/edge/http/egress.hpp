/// The way out for plugins: one request on one connection of its own, to addresses of the world only.
#pragma once
#include <boost/asio/io_context.hpp>

#include <set>
#include <string>
#include <vector>

#include "flow/plugin_state/egress.hpp"

namespace candour::http {

class Egress final : public flow::Egress {
 public:
    /// `house`: places (`host:port`) that may have any address, because the operator says so.
    Egress(boost::asio::io_context& io, const std::vector<std::string>& house)
        : io_(io), house_(house.begin(), house.end()) {}

    Result<flow::EgressPlace> place_of(std::string_view url) const override;
    flow::Task<Result<flow::EgressAnswer>> fetch(flow::EgressRequest request) override;

 private:
    boost::asio::io_context& io_;
    std::set<std::string> house_;
};

}  // namespace candour::http
