#include <array>
#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "crypto/base64.hpp"

namespace candour::app::cli {
namespace {

constexpr const char* kBrandTarget = "/api/v1/brand";

/// What is left out stays as it is.
struct BrandWish {
    std::string name, colour, logo;
    bool names = false, colours = false, no_logo = false;
};

/// `7.46:1`
std::string contrast_in_words(const boost::json::value& contrast) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.2f:1",
                  contrast.is_number() ? contrast.to_number<double>() : 0);
    return text.data();
}

void print_brand(const Line& line, const boost::json::value& brand) {
    if (line.shared.json) return print_json(brand);
    const std::string name = text_at(brand, "name"), colour = text_at(brand, "colour");
    Table table({"WHAT", "NOW"});
    table.row({"name", name.empty() ? text_at(brand, "configured_name") + " (as configured)" : name});
    table.row({"colour", colour.empty() ? "none"
                                        : colour + ", text on it " + text_at(brand, "text_colour") +
                                              ", contrast " + contrast_in_words(at(brand, "contrast"))});
    const std::string type = text_at(at(brand, "logo"), "type");
    table.row({"logo", type.empty() ? "none" : type});
    table.print();
}

int show_brand(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> brand = api.get(kBrandTarget);
        if (!brand) return brand.error();
        print_brand(line, *brand);
        return int{kOk};
    });
}

Result<boost::json::object> brand_body(const BrandWish& wish, const boost::json::value& before) {
    boost::json::object body{{"name", wish.names ? wish.name : text_at(before, "name")},
                             {"colour", wish.colours ? wish.colour : text_at(before, "colour")}};
    if (wish.no_logo) body["logo"] = nullptr;
    if (wish.logo.empty()) return body;
    const Result<std::string> picture = read_file(wish.logo);
    if (!picture) return picture.error();
    body["logo"] = crypto::to_base64(*picture);
    return body;
}

int set_brand(const Line& line, const BrandWish& wish) {
    if (!wish.names && !wish.colours && wish.logo.empty() && !wish.no_logo)
        return fail_usage("nothing was said that is to change: --name, --colour, --logo or --no-logo");
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> before = api.get(kBrandTarget);
        if (!before) return before.error();
        const Result<boost::json::object> body = brand_body(wish, *before);
        if (!body) return body.error();
        http::ClientRequest request;
        request.method = http::Method::put;
        request.target = kBrandTarget;
        request.body = boost::json::serialize(*body);
        request.headers = {{"If-Match", "\"" + std::to_string(number_at(*before, "version")) + "\""}};
        const Result<http::ClientAnswer> answer = api.send(request);
        if (!answer) return answer.error();
        const Result<boost::json::value> brand = value_of_answer(*answer);
        if (!brand) return brand.error();
        print_brand(line, *brand);
        return int{kOk};
    });
}

}  // namespace

void add_brand(CLI::App& root, Line& line) {
    CLI::App& brand =
        add(root, {"brand", "how customers know you: name, colour and logo",
                   "On every survey page and loop page; the name and the colour in every mail as well. The\n"
                   "text on the colour is computed, so that it can always be read (4.5:1 and more).",
                   "candour brand show\ncandour brand set --colour \"#0b6b49\" --logo logo.svg"});
    brand.group(kHouseGroup)->require_subcommand(1);
    CLI::App& now =
        add(brand, {"show", "what is in force", "With the contrast that readers get.", "candour brand show"});
    run_by(now, line, [&line] { return show_brand(line); });
    auto wish = std::make_shared<BrandWish>();
    CLI::App& change =
        add(brand, {"set", "change some of it, on every host within ten seconds",
                    "A logo is an SVG that only draws, or a PNG, up to 128 KiB. An empty name is the\n"
                    "configuration's, an empty colour none. Needs the scope admin.",
                    "candour brand set --name \"Halden Systems\" --colour \"#1a53ff\"\n"
                    "candour brand set --colour \"\" --no-logo"});
    const auto* name =
        change.add_option("--name", wish->name, "what customers know you by")->type_name("NAME");
    const auto* colour = change.add_option("--colour", wish->colour, "such as #0b6b49")->type_name("COLOUR");
    auto* logo = change.add_option("--logo", wish->logo, "a file; - reads standard input")->type_name("FILE");
    change.add_flag("--no-logo", wish->no_logo, "pages show none")->excludes(logo);
    run_by(change, line, [&line, wish, name, colour] {
        wish->names = name->count() > 0;
        wish->colours = colour->count() > 0;
        return set_brand(line, *wish);
    });
}

}  // namespace candour::app::cli
