#include "edge/http/routes/listing.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "crypto/digest.hpp"
#include "edge/json/time_text.hpp"

namespace candour::http {
namespace {

constexpr std::string_view kEverywhere[] = {"cursor", "limit"};
constexpr char kBetween = '\x1f';
constexpr std::size_t kCheckLength = 12;

std::string check_of(const std::string& question, const std::string& place) {
    return crypto::to_hex(crypto::sha256(question + '\n' + place)).substr(0, kCheckLength);
}

Error no_cursor() {
    return Error{
        ErrorCode::invalid,
        "cursor: expected the `next` of a page of this very list, with the same filters, found another text; "
        "begin again without a cursor"};
}

}  // namespace

Result<ListQuery> ListQuery::read(const Request& request, Names filters, Names more) {
    Result<Form> form = request.query_fields();
    if (!form) return form.error();
    for (const FormField& field : form->fields()) {
        const auto is = [&field](std::string_view name) { return field.name == name; };
        if (std::any_of(std::begin(kEverywhere), std::end(kEverywhere), is) ||
            std::any_of(filters.begin(), filters.end(), is) || std::any_of(more.begin(), more.end(), is))
            continue;
        std::string known;
        for (const Names list : {filters, more})
            for (const std::string_view name : list) known += std::string(name) + ", ";
        return Error{ErrorCode::invalid, "query: there is no filter \"" + field.name +
                                             "\"; expected some of " + known + "cursor, limit"};
    }
    ListQuery query;
    query.path_ = request.path;
    query.form_ = std::move(*form);
    return query;
}

Result<bool> ListQuery::flag(std::string_view name) const {
    const std::string value = text(name);
    if (value.empty() || value == "false") return false;
    if (value == "true") return true;
    return Error{ErrorCode::invalid, std::string(name) + ": expected true or false, found \"" + value + "\""};
}

Result<core::Instant> ListQuery::instant(std::string_view name) const {
    const std::string value = text(name);
    if (value.empty()) return core::kNever;
    return json::from_rfc3339(name, value.size() == 10 ? value + "T00:00:00Z" : value);
}

Result<int> ListQuery::limit(int usual, int most) const {
    const std::string value = text("limit");
    if (value.empty()) return usual;
    int limit = 0;
    const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), limit);
    if (failure == std::errc() && end == value.data() + value.size() && limit >= 1 && limit <= most)
        return limit;
    return Error{ErrorCode::invalid, "limit: expected a whole number from 1 to " + std::to_string(most) +
                                         ", found \"" + value + "\""};
}

std::string ListQuery::question() const {
    std::vector<std::string> fields;
    for (const FormField& field : form_.fields())
        if (field.name != "cursor" && field.name != "limit" && !field.value.empty())
            fields.push_back(field.name + '=' + field.value);
    std::sort(fields.begin(), fields.end());
    std::string all = path_;
    for (const std::string& field : fields) all += '\n' + field;
    return all;
}

Result<std::optional<std::vector<std::string>>> ListQuery::place(std::size_t parts) const {
    const std::string cursor = text("cursor");
    if (cursor.empty()) return std::optional<std::vector<std::string>>();
    const std::string place = cursor.size() <= kCheckLength
                                  ? std::string()
                                  : crypto::from_hex(std::string_view(cursor).substr(kCheckLength));
    if (place.empty() || check_of(question(), place) != cursor.substr(0, kCheckLength)) return no_cursor();
    std::vector<std::string> found(1);
    for (const char c : place)
        if (c == kBetween)
            found.emplace_back();
        else
            found.back() += c;
    if (found.size() != parts) return no_cursor();
    return std::optional(std::move(found));
}

std::string ListQuery::cursor(const std::vector<std::string>& parts) const {
    std::string place;
    for (std::size_t i = 0; i < parts.size(); ++i)
        place += (i == 0 ? "" : std::string(1, kBetween)) + parts[i];
    return check_of(question(), place) + crypto::to_hex(place);
}

std::int64_t number_in(const std::string& part) {
    std::int64_t number = 0;
    std::from_chars(part.data(), part.data() + part.size(), number);
    return number;
}

Result<std::int64_t> number_parameter(const Request& request, std::string_view name) {
    const std::string_view text = request.parameter(name);
    std::int64_t id = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (failure == std::errc() && end == text.data() + text.size() && id > 0) return id;
    return Error{ErrorCode::invalid, std::string(name) + ": expected a number such as 12, found \"" +
                                         std::string(text.substr(0, 40)) + "\""};
}

}  // namespace candour::http
