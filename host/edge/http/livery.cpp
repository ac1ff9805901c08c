#include "edge/http/livery.hpp"

namespace candour::http {
namespace {

/// The button that sends: of the host's own pages, and of survey pages. Its border is the page's ink, so that
/// it has a shape on every ground, in the light and in the dark, whatever the colour.
std::string style_of_brand(const flow::Brand& brand) {
    std::string style;
    if (!brand.colour.empty())
        style += "\nbody{border-top:.375rem solid " + brand.colour +
                 "}.y,.go>button:not(.b){background:" + brand.colour +
                 ";border-color:var(--ink);color:" + brand.text_colour + "}";
    if (!brand.logo_type.empty())
        style +=
            "\n.livery{margin:0 0 1rem}.livery img{display:block;max-width:14rem;max-height:3.5rem}"
            "@media(prefers-color-scheme:dark){.livery img{background:#fff;border-radius:8px;padding:.5rem}}";
    return style;
}

}  // namespace

void dress(std::string& html, const flow::Brand& brand) {
    const std::size_t style = html.find("</style>");
    if (style == std::string::npos) return;
    html.insert(style, style_of_brand(brand));
    const std::size_t main = brand.logo_type.empty() ? std::string::npos : html.find("<main>");
    if (main == std::string::npos) return;
    // The name stands beside it in words, so a reader who hears the page misses nothing.
    html.insert(main + 6, "\n" + std::string(kLogoElement) + "<img src=\"" + kLogoPath +
                              "?v=" + brand.logo_digest + "\" alt=\"\"></p>");
}

}  // namespace candour::http
