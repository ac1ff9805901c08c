#include "gate.hpp"

#include <boost/json.hpp>

namespace candour::surveys {

namespace json = boost::json;

namespace {

/// Others count at the same time.
constexpr int kCountingTries = 10;

struct OpenCount {
    std::int64_t answers = 0, hour = 0, in_hour = 0;
    std::uint64_t version = 0;
};

std::string count_key(const Survey& survey) {
    return "open/" + survey.id;
}

std::int64_t count_at(const json::object& from, std::string_view key) {
    const json::value* value = from.if_contains(key);
    return value && value->is_int64() ? value->get_int64() : 0;
}

Result<OpenCount> read_count(const sdk::Host& host, const Survey& survey) {
    OpenCount count;
    const Result<sdk::KvEntry> stored = host.kv().get(count_key(survey));
    if (!stored && stored.error().code != ErrorCode::not_found) return stored.error();
    if (stored) {
        json::error_code ec;
        const json::value value = json::parse(stored->value, ec);
        if (!ec && value.is_object())
            count = {count_at(value.get_object(), "answers"), count_at(value.get_object(), "hour"),
                     count_at(value.get_object(), "in_hour"), 0};
        count.version = stored->version;
    }
    const std::int64_t hour = std::chrono::floor<std::chrono::hours>(host.now().time_since_epoch()).count();
    if (count.hour != hour) count.in_hour = 0;
    count.hour = hour;
    return count;
}

Opening opening_of(const OpenLink& open, const OpenCount& count) {
    if (!open.works || (open.answers != 0 && count.answers >= open.answers)) return Opening::closed;
    return open.per_hour != 0 && count.in_hour >= open.per_hour ? Opening::busy : Opening::open;
}

bool counts(const OpenLink& open) {
    return open.answers != 0 || open.per_hour != 0;
}

}  // namespace

Result<Opening> Gate::look(const Survey& survey) const {
    if (!counts(survey.open)) return opening_of(survey.open, {});
    const Result<OpenCount> count = read_count(host_, survey);
    if (!count) return count.error();
    return opening_of(survey.open, *count);
}

Result<Opening> Gate::pass(const Survey& survey) const {
    if (!counts(survey.open)) return opening_of(survey.open, {});
    for (int attempt = 0; attempt < kCountingTries; ++attempt) {
        const Result<OpenCount> count = read_count(host_, survey);
        if (!count) return count.error();
        const Opening opening = opening_of(survey.open, *count);
        if (opening != Opening::open) return opening;
        const json::object next{
            {"answers", count->answers + 1}, {"hour", count->hour}, {"in_hour", count->in_hour + 1}};
        const Result<std::uint64_t> stored =
            host_.kv().put(count_key(survey), json::serialize(next), count->version);
        if (stored) return opening;
        if (stored.error().code != ErrorCode::conflict) return stored.error();
    }
    return Opening::busy;
}

}  // namespace candour::surveys
