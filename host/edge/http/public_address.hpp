/// Which addresses belong to the world, and which to this house or to nobody.
#pragma once
#include <boost/asio/ip/address.hpp>

namespace candour::http {

/// False for loopback, private, link-local, shared, documentation, benchmark, multicast and reserved
/// addresses, and for IPv6 addresses that carry such an IPv4 address (mapped, translated, 6to4).
bool is_public(const boost::asio::ip::address& address);

}  // namespace candour::http
