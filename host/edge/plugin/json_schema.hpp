/// A JSON Schema (draft-07) and what it says about a document: every problem at once, each with its place.
#pragma once
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace candour::plugin {

class JsonSchema {
 public:
    /// `text` is one of ours, checked by the tests; anything else throws.
    explicit JsonSchema(std::string_view text);
    ~JsonSchema();
    JsonSchema(const JsonSchema&) = delete;
    JsonSchema& operator=(const JsonSchema&) = delete;

    /// "/abi/major: expected …" for each problem; empty when the document fits.
    std::vector<std::string> problems(const boost::json::value& document) const;
    /// JSON pointers of keys that the schema does not list, where it lists any.
    std::vector<std::string> unknown_keys(const boost::json::value& document) const;

 private:
    struct Compiled;
    boost::json::value source_;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace candour::plugin
