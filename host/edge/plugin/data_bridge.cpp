#include "edge/plugin/data_bridge.hpp"

#include <boost/json.hpp>

#include "edge/plugin/text.hpp"

namespace candour::plugin {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxQuery = 4 * 1024;

Error wrong_read(std::string_view place, std::string_view expected) {
    return Error{ErrorCode::invalid,
                 "data.read " + std::string(place) + ": expected " + std::string(expected)};
}

Done field(flow::ViewQuery& query, std::string_view key, const json::value& value) {
    if (key == "limit") {
        const std::int64_t* limit = value.if_int64();
        if (!limit || *limit < 1 || *limit > flow::kLargestPage)
            return wrong_read("/limit", "1 to " + std::to_string(flow::kLargestPage));
        query.limit = static_cast<int>(*limit);
        return done();
    }
    std::string* const into = key == "view"      ? &query.view
                              : key == "cursor"  ? &query.after
                              : key == "account" ? &query.account
                                                 : nullptr;
    if (!into)
        return wrong_read("/" + std::string(key), "view, cursor, limit or account, found an unknown key");
    const json::string* text = value.if_string();
    if (!text || !is_text(std::string_view(text->data(), text->size())))
        return wrong_read("/" + std::string(key), "a text without NUL");
    into->assign(text->data(), text->size());
    return done();
}

}  // namespace

Result<flow::ViewQuery> read_view_query(std::string_view text) {
    if (text.size() > kMaxQuery) return wrong_read("", "at most 4 KiB");
    boost::system::error_code ec;
    const json::value document = json::parse(json::string_view(text.data(), text.size()), ec);
    if (ec || !document.is_object())
        return wrong_read("", "a JSON object such as {\"view\": \"relationship.answers\"}");
    flow::ViewQuery query;
    for (const auto& [key, value] : document.get_object())
        if (Done fits = field(query, key, value); !fits) return fits.error();
    if (query.view.empty()) return wrong_read("/view", "the name of a view, found nothing");
    return query;
}

json::array view_rows(const flow::ViewPage& page) {
    json::array rows;
    for (const std::vector<flow::ViewPage::Value>& row : page.rows) {
        json::array cells;
        for (const flow::ViewPage::Value& value : row)
            std::visit([&cells](const auto& cell) { cells.emplace_back(cell); }, value);
        rows.emplace_back(std::move(cells));
    }
    return rows;
}

std::string view_page_json(const flow::ViewPage& page) {
    json::array columns(page.columns.begin(), page.columns.end());
    return json::serialize(
        json::object{{"columns", std::move(columns)},
                     {"rows", view_rows(page)},
                     {"next", page.next.empty() ? json::value(nullptr) : json::value(page.next)}});
}

}  // namespace candour::plugin
