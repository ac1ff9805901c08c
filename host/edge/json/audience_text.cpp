#include "edge/json/audience_text.hpp"

#include <boost/json.hpp>

#include "edge/json/calendar_document.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

/// Whoever names more people than this means a segment or all.
constexpr std::size_t kMaxNames = 10'000;
constexpr std::size_t kMaxName = 320;

struct List {
    const char* name;
    std::vector<std::string> core::Audience::*names;
};
constexpr List kLists[] = {{"accounts", &core::Audience::accounts}, {"segments", &core::Audience::segments},
                           {"levels", &core::Audience::levels},     {"contacts", &core::Audience::contacts},
                           {"roles", &core::Audience::roles},       {"tags", &core::Audience::tags}};

Error wrong(const std::string& field, const std::string& expected) {
    return Error{ErrorCode::invalid,
                 "audience" + (field.empty() ? "" : "." + field) + ": expected " + expected};
}

Done read_names(const char* field, const bj::value& value, std::vector<std::string>& into) {
    const bj::array* names = value.if_array();
    if (names == nullptr) return wrong(field, "a list of texts");
    if (names->size() > kMaxNames)
        return wrong(field, "at most 10,000 names, found " + std::to_string(names->size()));
    for (const bj::value& name : *names) {
        const bj::string* text = name.if_string();
        if (text == nullptr || text->empty() || text->size() > kMaxName ||
            text->find('\0') != bj::string::npos)
            return wrong(field, "texts of 1 to 320 bytes");
        into.emplace_back(text->data(), text->size());
    }
    return done();
}

Result<core::CivilDay> read_day(const std::string& field, const bj::value& value) {
    const bj::string* text = value.if_string();
    const Result<std::chrono::year_month_day> day =
        date_of("audience." + field, text == nullptr ? std::string_view() : std::string_view(*text));
    if (!day) return day.error();
    return std::chrono::sys_days(*day).time_since_epoch().count();
}

Done read_last_answer(const bj::value& value, core::LastAnswer& into) {
    const bj::object* fields = value.if_object();
    if (fields == nullptr) return wrong("last_answer", "an object such as {\"before\": \"2026-07-01\"}");
    for (const auto& [name, part] : *fields) {
        if (name == "class") {
            if (Done read = read_names("last_answer.class", part, into.classes); !read) return read;
        } else if (name == "never") {
            if (!part.is_bool()) return wrong("last_answer.never", "true or false");
            into.never = part.get_bool();
        } else if (name == "before" || name == "after") {
            const Result<core::CivilDay> day = read_day("last_answer." + std::string(name), part);
            if (!day) return day.error();
            (name == "before" ? into.before : into.after) = *day;
        } else {
            return wrong("last_answer",
                         "never, before, after or class; found \"" + std::string(name.substr(0, 40)) + "\"");
        }
    }
    return done();
}

Done read_count(const std::string& field, const bj::value& value, int& into) {
    const std::int64_t* number = value.if_int64();
    if (number == nullptr || *number < 0 || *number > 1'000'000)
        return wrong(field, "a whole number from 0 to 1000000");
    into = static_cast<int>(*number);
    return done();
}

Done read_share(const bj::value& value, std::map<core::Level, int>& into) {
    const bj::object* levels = value.if_object();
    if (levels == nullptr) return wrong("sample.share", "an object such as {\"operational\": 20}");
    for (const auto& [name, part] : *levels) {
        const auto level = core::value_of(core::kLevels, std::string_view(name));
        if (!level) return wrong("sample.share", "levels; found \"" + std::string(name.substr(0, 40)) + "\"");
        if (Done read = read_count("sample.share." + std::string(name), part, into[*level]); !read)
            return read;
    }
    return done();
}

Done read_sample(const bj::value& value, core::Sample& into) {
    const bj::object* fields = value.if_object();
    if (fields == nullptr) return wrong("sample", "an object such as {\"per_account\": 5}");
    for (const auto& [name, part] : *fields) {
        Done read = done();
        if (name == "per_account")
            read = read_count("sample.per_account", part, into.per_account);
        else if (name == "per_level")
            read = read_count("sample.per_level", part, into.per_level);
        else if (name == "share")
            read = read_share(part, into.share);
        else
            read = wrong("sample", "per_account, per_level or share; found \"" +
                                       std::string(name.substr(0, 40)) + "\"");
        if (!read) return read;
    }
    return done();
}

std::string day_text(core::CivilDay day) {
    return date_text(std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day))));
}

bj::object last_answer_document(const core::LastAnswer& last) {
    bj::object document;
    if (last.never) document["never"] = true;
    if (last.before != core::kNoCivilDay) document["before"] = day_text(last.before);
    if (last.after != core::kNoCivilDay) document["after"] = day_text(last.after);
    if (!last.classes.empty()) document["class"] = bj::array(last.classes.begin(), last.classes.end());
    return document;
}

bj::object sample_document(const core::Sample& sample) {
    bj::object document;
    if (sample.per_account > 0) document["per_account"] = sample.per_account;
    if (sample.per_level > 0) document["per_level"] = sample.per_level;
    bj::object share;
    for (const auto& [level, per_cent] : sample.share) share[core::name_of(core::kLevels, level)] = per_cent;
    if (!share.empty()) document["share"] = std::move(share);
    return document;
}

Done read_field(std::string_view name, const bj::value& value, core::Audience& into) {
    if (name == "all") {
        if (!value.is_bool()) return wrong("all", "true or false");
        into.all = value.get_bool();
        return done();
    }
    for (const List& list : kLists)
        if (name == list.name) return read_names(list.name, value, into.*list.names);
    if (name == "last_answer") return read_last_answer(value, into.last_answer);
    if (name == "sample") return read_sample(value, into.sample);
    return wrong("",
                 "all, accounts, segments, levels, contacts, roles, tags, last_answer or sample; found \"" +
                     std::string(name.substr(0, 40)) + "\"");
}

}  // namespace

bj::object audience_document(const core::Audience& audience) {
    bj::object document;
    if (audience.all) document["all"] = true;
    for (const List& list : kLists) {
        const std::vector<std::string>& names = audience.*list.names;
        if (!names.empty()) document[list.name] = bj::array(names.begin(), names.end());
    }
    if (audience.last_answer.asked_for())
        document["last_answer"] = last_answer_document(audience.last_answer);
    if (audience.sample.asked_for()) document["sample"] = sample_document(audience.sample);
    return document;
}

std::string write_audience(const core::Audience& audience) {
    return bj::serialize(audience_document(audience));
}

Result<core::Audience> audience_of(const bj::value& document) {
    const bj::object* fields = document.if_object();
    if (fields == nullptr) return wrong("", "an object such as {\"segments\": [\"reliable\"]}");
    core::Audience audience;
    for (const auto& [name, value] : *fields)
        if (Done read = read_field(std::string_view(name.data(), name.size()), value, audience); !read)
            return read.error();
    return audience;
}

Result<core::Audience> read_audience(std::string_view text) {
    boost::system::error_code bad;
    const bj::value document = bj::parse(text, bad);
    return bad ? Result<core::Audience>(wrong("", "JSON")) : audience_of(document);
}

}  // namespace candour::json
