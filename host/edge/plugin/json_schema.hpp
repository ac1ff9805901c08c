/// A JSON Schema (draft-07) and what it says about a document: every problem at once, each with its place.
#pragma once
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::plugin {

class JsonSchema {
 public:
    /// `text` is one of ours, checked by the tests, or went through check_schema; anything else throws.
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

/// Whether somebody else's text is a schema that we can use. Errors: invalid.
Done check_schema(std::string_view text);

}  // namespace candour::plugin
