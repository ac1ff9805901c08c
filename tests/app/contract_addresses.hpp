/// The addresses of schemas/http/openapi.yaml, for tables that must speak of each of them.
#pragma once
#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "edge/http/message.hpp"

namespace candour::app {

/// An address of the contract: `GET /api/v1/items/{item}`.
struct Address {
    std::string method, path;
    bool open = false;  ///< to whoever is not known yet
};

/// schemas/http/openapi.yaml, as far as it lists addresses.
inline std::vector<Address> documented() {
    std::ifstream file(CANDOUR_SOURCE "/schemas/http/openapi.yaml");
    std::vector<Address> all;
    std::string path;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("components:")) break;
        if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
        for (const char* method : {"get", "post", "put", "patch", "delete"})
            if (line == "    " + std::string(method) + ":") all.push_back({method, path});
        if (line == "      security: []" && !all.empty()) all.back().open = true;
    }
    return all;
}

inline http::Method method_named(const std::string& name) {
    for (const auto& [method, known] : http::kMethods)
        if (name.size() == known.size() && std::equal(name.begin(), name.end(), known.begin(),
                                                      [](char a, char b) { return (a & ~32) == b; }))
            return method;
    return http::Method::other;
}

}  // namespace candour::app
