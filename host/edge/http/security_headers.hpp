/// The headers that keep pages from being framed, cached, indexed or made to run anything. One function per
/// audience; what a handler has set itself stays, except on customer pages, where a plugin may have written
/// the body.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "edge/http/message.hpp"
#include "edge/http/router.hpp"

namespace candour::http {

/// `'sha256-…'` of a style text, remembered: the host's pages have a handful of different styles.
class StyleHashes {
 public:
    std::string source_of(std::string_view style);

 private:
    std::unordered_map<std::string, std::string> known_;
};

/// The text inside the first <style> element; empty when there is none.
std::string_view style_of(std::string_view html);

/// Survey and loop pages: no font, no image but the logo; the style of the page itself, forms to ourselves,
/// and a script only where the host has put its own.
void protect_customer_page(Response& response, StyleHashes& hashes);
void protect_api(Response& response);
/// The console and its plain pages: scripts, styles and data from this host alone.
void protect_operator_page(Response& response, StyleHashes& hashes);

void protect(Response& response, Audience audience, StyleHashes& hashes);

}  // namespace candour::http
