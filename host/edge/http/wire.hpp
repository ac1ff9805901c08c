/// A response as bytes.
#pragma once
#include <ctime>
#include <string>
#include <string_view>

#include "edge/http/message.hpp"

namespace candour::http {

struct WireOptions {
    std::string_view date;  ///< as http_date writes it
    bool close = false;
    bool http10 = false;
    bool endless = false;  ///< no length is known
    bool chunked = false;  ///< and the body says itself where it ends; else it ends when the connection does
    std::string_view transport_rule = {};  ///< Strict-Transport-Security; empty: it is not said
};

/// Status line and header, with the length of `response.body`, which the caller sends or, after HEAD, does
/// not. Control characters in header values become spaces: no value can begin a line of its own.
void append_head(std::string& out, const Response& response, const WireOptions& options);

/// What stands before a chunk; the chunk itself and an empty line follow.
void append_chunk_size(std::string& out, std::size_t size);

/// `Sun, 06 Nov 1994 08:49:37 GMT`, whatever the locale.
std::string http_date(std::time_t at);

}  // namespace candour::http
