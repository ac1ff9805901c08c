#include "edge/json/audience_text.hpp"

#include <boost/json.hpp>

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
constexpr List kLists[] = {{"accounts", &core::Audience::accounts},
                           {"segments", &core::Audience::segments},
                           {"levels", &core::Audience::levels},
                           {"contacts", &core::Audience::contacts}};

Error wrong(const std::string& field, const std::string& expected) {
    return Error{ErrorCode::invalid,
                 "audience" + (field.empty() ? "" : "." + field) + ": expected " + expected};
}

Done read_names(const List& list, const bj::value& value, core::Audience& into) {
    const bj::array* names = value.if_array();
    if (names == nullptr) return wrong(list.name, "a list of texts");
    if (names->size() > kMaxNames)
        return wrong(list.name, "at most 10,000 names, found " + std::to_string(names->size()));
    for (const bj::value& name : *names) {
        const bj::string* text = name.if_string();
        if (text == nullptr || text->empty() || text->size() > kMaxName ||
            text->find('\0') != bj::string::npos)
            return wrong(list.name, "texts of 1 to 320 bytes");
        (into.*list.names).emplace_back(text->data(), text->size());
    }
    return done();
}

Done read_field(std::string_view name, const bj::value& value, core::Audience& into) {
    if (name == "all") {
        if (!value.is_bool()) return wrong("all", "true or false");
        into.all = value.get_bool();
        return done();
    }
    for (const List& list : kLists)
        if (name == list.name) return read_names(list, value, into);
    return wrong(
        "", "all, accounts, segments, levels or contacts; found \"" + std::string(name.substr(0, 40)) + "\"");
}

}  // namespace

bj::object audience_document(const core::Audience& audience) {
    bj::object document;
    if (audience.all) document["all"] = true;
    for (const List& list : kLists) {
        const std::vector<std::string>& names = audience.*list.names;
        if (!names.empty()) document[list.name] = bj::array(names.begin(), names.end());
    }
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
