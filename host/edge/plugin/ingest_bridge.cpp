#include "edge/plugin/ingest_bridge.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "edge/plugin/text.hpp"

namespace candour::plugin {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxShort = 200;       // code points of keys and of `about`
constexpr std::size_t kMaxVerbatim = 8'000;  // code points
constexpr std::size_t kMaxAnswers = 100;
constexpr std::size_t kMaxKeyBytes = 200;  // bytes of an idempotency key
constexpr std::size_t kMaxRows = 1'000;
constexpr std::size_t kMaxBatch = 4 * 1024 * 1024;  // bytes
constexpr std::size_t kMaxDocument =
    256 * 1024;  // a verbatim in the widest escapes, and a hundred further answers

Error invalid(std::string_view place, std::string_view expected, std::string_view found) {
    return Error{ErrorCode::invalid, "observation " + std::string(place) + ": expected " +
                                         std::string(expected) + ", found " + std::string(found)};
}

std::string_view kind_name(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            return "null";
        case json::kind::bool_:
            return "a boolean";
        case json::kind::int64:
        case json::kind::uint64:
            return "an integer";
        case json::kind::double_:
            return "a number that is no integer";
        case json::kind::string:
            return "a text";
        case json::kind::array:
            return "a list";
        case json::kind::object:
            return "an object";
    }
    return "something else";
}

/// No NUL anywhere: neither in a text nor in a key. The parser has checked the UTF-8.
bool has_nul(const json::value& value) {
    if (const json::string* text = value.if_string()) return text->find('\0') != json::string::npos;
    if (const json::array* list = value.if_array()) return std::any_of(list->begin(), list->end(), has_nul);
    if (const json::object* object = value.if_object())
        return std::any_of(object->begin(), object->end(), [](const auto& pair) {
            return pair.key().find('\0') != std::string_view::npos || has_nul(pair.value());
        });
    return false;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_language_tag(std::string_view tag) {
    if (tag.empty() || tag.size() > 35) return false;
    bool first = true;
    while (true) {
        const std::size_t end = std::min(tag.find('-'), tag.size());
        if (end < (first ? 2U : 1U) || end > 8) return false;
        for (const char c : tag.substr(0, end))
            if (!is_letter(c) && (first || !is_digit(c))) return false;
        if (end == tag.size()) return true;
        tag.remove_prefix(end + 1);
        first = false;
    }
}

/// Reads one document key by key; the first problem ends it.
class Reader {
 public:
    Reader(const IngestContext& context, core::Observation& into) : context_(context), into_(into) {}

    Done read(const json::object& document) {
        for (const auto& [key, value] : document)
            if (Done fits = field(key, value); !fits) return fits;
        if (into_.about.empty()) return invalid("/about", "a text", "nothing");
        return done();
    }

 private:
    Done field(std::string_view key, const json::value& value) {
        if (key == "subject") return subject(value);
        if (key == "item_key") return short_text("/item_key", value, into_.item_key);
        if (key == "about") return short_text("/about", value, into_.about);
        if (key == "score") return score(value);
        if (key == "verbatim") return text("/verbatim", value, 0, kMaxVerbatim, into_.verbatim);
        if (key == "contact_me") return flag("/contact_me", value, into_.contact_me);
        if (key == "may_quote") return flag("/may_quote", value, into_.may_quote);
        if (key == "language") return language(value);
        if (key == "answers") return answers(value);
        if (key == "occurred_at") return occurred_at(value);
        return invalid("/" + std::string(key), "a key of observation.schema.json", "an unknown key");
    }

    Done text(std::string_view place, const json::value& value, std::size_t least, std::size_t most,
              std::string& into) {
        const json::string* found = value.if_string();
        if (!found) return invalid(place, "a text", kind_name(value));
        const auto length = code_points(std::string_view(found->data(), found->size()));
        if (!length) return invalid(place, "UTF-8 without NUL", "other bytes");
        if (*length < least || *length > most)
            return invalid(place, std::to_string(least) + " to " + std::to_string(most) + " characters",
                           std::to_string(*length));
        into.assign(found->data(), found->size());
        return done();
    }
    Done short_text(std::string_view place, const json::value& value, std::string& into) {
        return text(place, value, 1, kMaxShort, into);
    }
    Done flag(std::string_view place, const json::value& value, bool& into) {
        const bool* found = value.if_bool();
        if (!found) return invalid(place, "true or false", kind_name(value));
        into = *found;
        return done();
    }
    Done score(const json::value& value) {
        if (!value.is_int64() && !value.is_uint64())
            return invalid("/score", "an integer from 0 to 10", kind_name(value));
        const std::int64_t* number = value.if_int64();
        if (!number || *number < 0 || *number > 10)
            return invalid("/score", "an integer from 0 to 10",
                           number ? std::to_string(*number) : "a huge one");
        into_.score = static_cast<int>(*number);
        return done();
    }
    Done language(const json::value& value) {
        if (Done fits = text("/language", value, 1, 35, into_.language); !fits) return fits;
        if (!is_language_tag(into_.language))
            return invalid("/language", "a language tag such as \"de\"", into_.language);
        return done();
    }
    Done answers(const json::value& value) {
        const json::object* fields = value.if_object();
        if (!fields) return invalid("/answers", "an object", kind_name(value));
        if (fields->size() > kMaxAnswers)
            return invalid("/answers", "at most 100 fields", std::to_string(fields->size()));
        if (has_nul(value)) return invalid("/answers", "texts without NUL", "one with");
        into_.answers = json::serialize(*fields);
        return done();
    }
    Done occurred_at(const json::value& value) {
        const json::string* found = value.if_string();
        const auto at = found ? read_instant(std::string_view(found->data(), found->size())) : std::nullopt;
        if (!at) return invalid("/occurred_at", "an instant such as 2026-03-01T09:30:00Z", "something else");
        into_.occurred_at = *at;
        return done();
    }
    Done subject(const json::value& value) {
        const json::string* found = value.if_string();
        const auto message =
            found ? MessageId::parse(std::string_view(found->data(), found->size())) : std::nullopt;
        if (!message || message->text() != std::string_view(found->data(), found->size()))
            return invalid("/subject", "the message id of the request's subject", kind_name(value));
        if (!context_.subject || context_.subject->message != *message)
            return Error{ErrorCode::denied,
                         "observation /subject: expected the subject of this job, found " + message->text()};
        into_.message = context_.subject->message;
        into_.contact = context_.subject->contact;
        into_.account = context_.subject->account;
        return done();
    }

    const IngestContext& context_;
    core::Observation& into_;
};

/// Two or four digits at `at`; the caller knows that they are there.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
    int value = -1;
    const auto [end, ec] = std::from_chars(text.data() + at, text.data() + at + digits, value);
    return ec == std::errc() && end == text.data() + at + digits && is_digit(text[at]) ? value : -1;
}

/// ".25" as microseconds; what is finer is cut off.
std::optional<std::chrono::microseconds> fraction(std::string_view& rest) {
    std::int64_t us = 0, unit = 100'000;
    if (!rest.starts_with('.')) return std::chrono::microseconds{0};
    rest.remove_prefix(1);
    std::size_t digits = 0;
    for (; digits < rest.size() && is_digit(rest[digits]); ++digits, unit /= 10)
        us += (rest[digits] - '0') * unit;
    if (digits == 0 || digits > 9) return std::nullopt;
    rest.remove_prefix(digits);
    return std::chrono::microseconds{us};
}

std::optional<std::chrono::minutes> offset(std::string_view rest) {
    if (rest == "Z") return std::chrono::minutes{0};
    if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return std::nullopt;
    const int hours = number_at(rest, 1, 2), minutes = number_at(rest, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    return std::chrono::minutes{(rest[0] == '-' ? -1 : 1) * (hours * 60 + minutes)};
}

Error batch_error(std::string what) {
    return Error{ErrorCode::invalid, "ingest.put_batch: " + std::move(what)};
}

Result<core::Observation> row_of(const json::value& row, const IngestContext& context) {
    const json::object* members = row.if_object();
    const json::value* observation = members == nullptr ? nullptr : members->if_contains("observation");
    if (observation == nullptr || members->size() != 2 || !members->contains("key"))
        return batch_error("expected {\"key\": \"…\", \"observation\": {…}}");
    const Result<std::string_view> key = key_in(*members);
    if (!key) return key.error();
    IngestContext its = context;
    its.key = *key;
    return observation_in(*observation, its);
}

}  // namespace

Result<core::Observation> observation_in(const json::value& document, const IngestContext& context) {
    if (!document.is_object()) return invalid("", "an object", kind_name(document));
    core::Observation observation;
    Reader reader(context, observation);
    if (const Done fits = reader.read(document.get_object()); !fits) return fits.error();
    observation.source = context.source;
    observation.kind = context.stream;
    observation.key = context.key;
    if (observation.item_key.empty()) observation.item_key = observation.key;
    if (observation.answers.empty()) observation.answers = "{}";
    observation.answer_class = context.answer_class;
    if (!core::happened(observation.occurred_at)) observation.occurred_at = context.now;
    return observation;
}

Result<std::string_view> key_in(const json::object& row) {
    const json::value* key = row.if_contains("key");
    if (key == nullptr || !key->is_string())
        return batch_error("expected {\"key\": \"…\", \"observation\": {…}}");
    const std::string_view name(key->get_string().data(), key->get_string().size());
    if (name.empty() || name.size() > kMaxKeyBytes || !is_text(name))
        return batch_error("expected a key of 1 to 200 bytes without NUL");
    return name;
}

std::optional<core::Instant> read_instant(std::string_view text) {
    using namespace std::chrono;
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
        text[16] != ':')
        return std::nullopt;
    const int year_number = number_at(text, 0, 4), month_number = number_at(text, 5, 2),
              day_number = number_at(text, 8, 2);
    const int h = number_at(text, 11, 2), m = number_at(text, 14, 2), s = number_at(text, 17, 2);
    if (year_number < 0 || month_number < 1 || day_number < 1 || h < 0 || h > 23 || m < 0 || m > 59 ||
        s < 0 || s > 59)
        return std::nullopt;
    const year_month_day date{year{year_number}, month{static_cast<unsigned>(month_number)},
                              day{static_cast<unsigned>(day_number)}};
    std::string_view rest = text.substr(19);
    const auto part = fraction(rest);
    const auto ahead = part ? offset(rest) : std::nullopt;
    if (!date.ok() || !ahead) return std::nullopt;
    return core::Instant{sys_days{date}} + hours{h} + minutes{m} + seconds{s} + *part - *ahead;
}

Result<core::Observation> read_observation(std::string_view text, const IngestContext& context) {
    if (text.size() > kMaxDocument)
        return invalid("", "at most 256 KiB", std::to_string(text.size()) + " bytes");
    unsigned char memory[8 * 1024];
    json::monotonic_resource arena(memory);
    json::error_code ec;
    const json::value document = json::parse(json::string_view(text.data(), text.size()), ec, &arena);
    if (ec) return invalid("", "JSON", ec.message());
    return observation_in(document, context);
}

Result<const json::array*> rows_in(std::string_view text, json::value& document) {
    if (text.size() > kMaxBatch)
        return batch_error("expected at most 4 MiB, found " + std::to_string(text.size()) + " bytes");
    json::error_code ec;
    document = json::parse(json::string_view(text.data(), text.size()), ec, document.storage());
    const json::array* rows = document.if_array();
    if (ec || rows == nullptr || rows->empty() || rows->size() > kMaxRows)
        return batch_error("expected a JSON list of 1 to 1000 rows {\"key\": …, \"observation\": …}");
    return rows;
}

Result<std::vector<core::Observation>> read_batch(std::string_view text, const IngestContext& context) {
    json::monotonic_resource arena;
    json::value document(&arena);
    const Result<const json::array*> rows = rows_in(text, document);
    if (!rows) return rows.error();
    std::vector<core::Observation> observations;
    observations.reserve((*rows)->size());
    for (const json::value& row : **rows) {
        Result<core::Observation> one = row_of(row, context);
        if (!one)
            return Error{one.error().code,
                         "row " + std::to_string(observations.size()) + ": " + one.error().message};
        observations.push_back(*std::move(one));
    }
    return observations;
}

}  // namespace candour::plugin
