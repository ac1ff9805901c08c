/// What the host knows, as rows without personal data: schemas/json/views.json lists the views and their
/// columns.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "candour/result.hpp"
#include "flow/task.hpp"

namespace candour::flow {

inline constexpr int kLargestPage = 5'000;

struct ViewQuery {
    std::string view;
    std::string after;    ///< `next` of the page before; empty: from the beginning
    std::string account;  ///< empty: of every account
    int limit = 1'000;
};

struct ViewPage {
    using Value = std::variant<std::int64_t, std::string>;
    std::vector<std::string> columns;
    std::vector<std::vector<Value>> rows;
    std::string next;  ///< empty: this was the last one
};

class Views {
 public:
    virtual ~Views() = default;
    /// Errors: not_found (no such view), invalid (a cursor that none of its pages gave).
    virtual Task<Result<ViewPage>> read(ViewQuery query) = 0;
};

}  // namespace candour::flow
