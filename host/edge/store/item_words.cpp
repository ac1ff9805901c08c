#include "edge/store/item_words.hpp"

#include <array>

#include "candour_queries.hpp"
#include "core/feedback/words.hpp"
#include "edge/json/content.hpp"

namespace candour::store {
namespace {

/// Everything else in a content names rows, instants and people.
constexpr std::array<std::string_view, 10> kSaid{"verbatim", "text", "why",     "trade_off",  "said",
                                                 "note",     "link", "learned", "went_wrong", "prevention"};

void append_words(std::string& words, const core::Content& content) {
    const std::string more = words_of_content(content);
    if (!more.empty()) words += (words.empty() ? "" : " ") + more;
}

std::string words_left(Session& session, const ItemId& item) {
    std::string words, content;
    Call call = session.call(sql::listing::contents);
    call.with("id", item.text()).into(content);
    while (call.next()) append_words(words, json::read_content(content).value_or({}));
    return words;
}

void add_words(Session& session, const ItemId& item, const std::string& words) {
    session.call(sql::listing::add_words).with("words", words).with("id", item.text()).run();
}

bool holds(Session& session, const ItemId& item, const std::string& words) {
    long long rows = 0, same = 0;
    Call call = session.call(sql::listing::has_words);
    call.with("id", item.text()).with("words", words).into(rows).into(same);
    call.next();
    return same == 1 || (rows == 0 && words.empty());  // erased words leave no row behind
}

}  // namespace

std::string words_of_content(const core::Content& content) {
    std::string words;
    for (const std::string_view key : kSaid) {
        const auto found = content.find(std::string(key));
        if (found == content.end()) continue;
        const std::string more = core::folded(found->second);
        if (!more.empty()) words += (words.empty() ? "" : " ") + more;
    }
    return words;
}

void index_words(Session& session, const ItemId& item, bool is_new,
                 const std::vector<core::LedgerEvent>& events) {
    std::string words;
    for (const core::LedgerEvent& event : events) append_words(words, event.content);
    if (is_new) return add_words(session, item, words);
    if (words.empty()) return;
    const std::int64_t appended =
        session.call(sql::listing::append_words).with("words", words).with("id", item.text()).run();
    if (appended == 0) add_words(session, item, words_left(session, item));
}

bool reindex_words(Session& session, const ItemId& item, bool repair) {
    const std::string words = words_left(session, item);
    if (holds(session, item, words)) return false;
    if (repair) {
        session.call(sql::listing::drop_words).with("id", item.text()).run();
        add_words(session, item, words);
    }
    return true;
}

}  // namespace candour::store
