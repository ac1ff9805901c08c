#include "edge/http/router.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace candour::http {

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> texts;
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> rest;
    std::array<const Route*, kMethodCount> routes{};
};

struct Router::Search {
    Method method;
    std::vector<std::string_view> values;
    const Route* route = nullptr;
    unsigned known_methods = 0;
};

namespace {

constexpr unsigned bit(Method method) {
    return 1U << static_cast<unsigned>(method);
}

std::string allow_text(unsigned known) {
    if (known == 0) return {};
    if ((known & bit(Method::get)) != 0) known |= bit(Method::head);
    known |= bit(Method::options);
    std::string out;
    for (const auto& [method, name] : kMethods) {
        if ((known & bit(method)) == 0) continue;
        if (!out.empty()) out += ", ";
        out += name;
    }
    return out;
}

[[noreturn]] void reject(std::string_view pattern, std::string_view why) {
    throw std::invalid_argument("route " + std::string(pattern) + ": " + std::string(why));
}

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}

/// The next segment of a text that starts with `/`; takes it off.
std::string_view take_segment(std::string_view& rest) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(end);
    return segment;
}

std::string parameter_name(std::string_view pattern, std::string_view segment) {
    std::string_view name = segment.substr(1, segment.size() - 2);
    if (name.ends_with('*')) name.remove_suffix(1);
    if (name.empty() || name.find_first_of("{}*/") != std::string_view::npos)
        reject(pattern, "a parameter needs a name");
    return std::string(name);
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

Router& Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
    if (!pattern.starts_with('/')) reject(pattern, "a pattern starts with /");
    auto route =
        std::make_unique<Route>(Route{method, std::string(pattern), std::move(handler), options, {}});
    Node* node = root_.get();
    for (std::string_view rest = pattern; !rest.empty();) {
        const std::string_view segment = take_segment(rest);
        std::unique_ptr<Node>* next = nullptr;
        if (is_parameter(segment)) {
            const bool takes_all = segment.ends_with("*}");
            if (takes_all && !rest.empty()) reject(pattern, "{name*} is the last segment");
            route->names.push_back(parameter_name(pattern, segment));
            next = takes_all ? &node->rest : &node->parameter;
        } else {
            if (segment.find_first_of("{}*") != std::string_view::npos)
                reject(pattern, "a segment is text or {name}");
            next = &node->texts[std::string(segment)];
        }
        if (*next == nullptr) *next = std::make_unique<Node>();
        node = next->get();
    }
    const Route*& place = node->routes.at(static_cast<std::size_t>(method));
    if (place != nullptr) reject(pattern, "the same method and path were added before");
    place = route.get();
    routes_.push_back(std::move(route));
    return *this;
}

bool Router::settle(const Node& node, Search& search) {
    const auto at = [&node](Method method) { return node.routes[static_cast<std::size_t>(method)]; };
    search.route = at(search.method);
    if (search.route == nullptr && search.method == Method::head) search.route = at(Method::get);
    for (const auto& [method, name] : kMethods) {
        if (at(method) != nullptr) search.known_methods |= bit(method);
    }
    return search.route != nullptr;
}

bool Router::descend(const Node& node, std::string_view rest, Search& search) {
    if (rest.empty()) return settle(node, search);
    std::string_view after = rest;
    const std::string_view segment = take_segment(after);
    const auto text = node.texts.find(segment);
    if (text != node.texts.end() && descend(*text->second, after, search)) return true;
    if (node.parameter != nullptr && !segment.empty()) {
        search.values.push_back(segment);
        if (descend(*node.parameter, after, search)) return true;
        search.values.pop_back();
    }
    if (node.rest == nullptr) return false;
    search.values.push_back(rest.substr(1));
    if (settle(*node.rest, search)) return true;
    search.values.pop_back();
    return false;
}

Found Router::find(Method method, std::string_view path) const {
    Search search{method, {}, nullptr, 0};
    if (!path.starts_with('/')) return {};
    const bool found = descend(*root_, path, search);
    if (!found) return {nullptr, {}, allow_text(search.known_methods)};
    Found result{search.route, {}, {}};
    result.parameters.reserve(search.values.size());
    for (std::size_t i = 0; i < search.values.size(); ++i) {
        result.parameters.push_back({search.route->names[i], std::string(search.values[i])});
    }
    return result;
}

}  // namespace candour::http
