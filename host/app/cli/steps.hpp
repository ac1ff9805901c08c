/// Giving a command of the loop to the host: on the item as its caller saw it.
#pragma once
#include <boost/json/object.hpp>

#include <optional>
#include <string>

#include "app/cli/reach.hpp"

namespace candour::app::cli {

/// The item, and the version the caller looked at; without one it is read first.
struct Aim {
    std::string item;
    std::optional<std::int64_t> version;
};

/// `/api/v1/items/LP-187`, and below it.
std::string item_target(const std::string& item, const std::string& below = {});

/// The item afterwards. Errors: what the host says; after a 412 the message tells what changed meanwhile.
Result<boost::json::value> give_step(const Api& api, const Aim& aim, const std::string& step,
                                     const boost::json::object& body);

}  // namespace candour::app::cli
