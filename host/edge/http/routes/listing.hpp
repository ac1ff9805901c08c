/// Lists by pages: which filters a list knows, and the cursor that leads to its next page.
///
/// A cursor belongs to the question it came from: with other filters it is refused, because the page that it
/// leads to would be one of another list. It is no secret and proves nothing.
#pragma once
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "edge/http/message.hpp"

namespace candour::http {

class ListQuery {
 public:
    /// `cursor` and `limit` are known to every list. Errors: invalid, naming the filter that is not.
    static Result<ListQuery> read(const Request& request, std::initializer_list<std::string_view> filters) {
        return read(request, Names(filters.begin(), filters.size()));
    }
    using Names = std::span<const std::string_view>;
    static Result<ListQuery> read(const Request& request, Names filters, Names more = {});

    /// "" when absent.
    std::string text(std::string_view name) const { return std::string(form_.get(name)); }
    bool has(std::string_view name) const { return !form_.get(name).empty(); }
    Result<bool> flag(std::string_view name) const;
    /// A day (its beginning, UTC) or an instant. kNever when absent.
    Result<core::Instant> instant(std::string_view name) const;
    Result<int> limit(int usual, int most) const;

    /// What the page before ended with: as many parts as `cursor` was given. Nothing on the first page.
    Result<std::optional<std::vector<std::string>>> place(std::size_t parts) const;
    std::string cursor(const std::vector<std::string>& parts) const;

 private:
    /// The question without its place, the same however it was written.
    std::string question() const;

    std::string path_;
    Form form_;
};

/// A number of a cursor that `place` has read.
std::int64_t number_in(const std::string& part);

/// A part of the path that is a row's number. Errors: invalid, naming the part.
Result<std::int64_t> number_parameter(const Request& request, std::string_view name);

}  // namespace candour::http
