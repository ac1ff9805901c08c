#include "wish.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>

namespace candour::imports {
namespace {

namespace json = boost::json;

constexpr auto kRoles = std::to_array<std::pair<std::string_view, Role>>({
    {"id", Role::id},
    {"email", Role::email},
    {"name", Role::name},
    {"person", Role::person},
    {"account", Role::account},
    {"score", Role::score},
    {"comment", Role::comment},
    {"at", Role::at},
    {"language", Role::language},
    {"tags", Role::tags},
    {"finished", Role::finished},
    {"ignore", Role::ignored},
});

constexpr std::string_view kKeys = "survey, as, zone, dates, partial and columns";

/// Its numbers of responses and names of people begin anew in each survey.
bool counts_anew(std::string_view system) {
    return system == "limesurvey" || system == "csv";
}

Error wrong(std::string_view place, std::string_view expected) {
    return Error{ErrorCode::invalid, "options " + std::string(place) + ": expected " + std::string(expected)};
}

std::string_view option_text(const json::value& value) {
    const json::string* text = value.if_string();
    return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

Done read_text(std::string_view place, const json::value& value, std::string& into) {
    constexpr std::size_t most = 100;
    if (!value.is_string() || value.get_string().size() > most)
        return wrong(place, "a text of up to 100 bytes");
    into = option_text(value);
    return done();
}

/// A name, several names, or null for none.
Done read_columns(Role role, std::string_view place, const json::value& value, Wish& wish) {
    std::vector<std::string>& names = wish.columns[role];
    if (value.is_null()) return done();
    if (value.is_string()) names.emplace_back(option_text(value));
    const json::array* several = value.if_array();
    for (std::size_t i = 0; several != nullptr && i < several->size(); ++i) {
        if (!(*several)[i].is_string())
            return wrong(std::string(place) + "/" + std::to_string(i), "the name of a column");
        names.emplace_back(option_text((*several)[i]));
    }
    const bool named = !names.empty() && std::ranges::none_of(names, &std::string::empty);
    return named ? done() : Done(wrong(place, "the name of a column, a list of them, or null for none"));
}

Done read_mapping(const json::value& value, Wish& wish) {
    const json::object* mapping = value.if_object();
    if (mapping == nullptr) return wrong("/columns", "an object such as {\"score\": \"Q3\"}");
    for (const auto& [name, columns] : *mapping) {
        const std::string place = "/columns/" + std::string(name);
        const auto role =
            std::ranges::find(kRoles, std::string_view(name), [](const auto& one) { return one.first; });
        if (role == kRoles.end())
            return wrong(place,
                         "one of id, email, name, person, account, score, comment, at, language, tags, "
                         "finished, ignore");
        if (Done read = read_columns(role->second, place, columns, wish); !read) return read;
    }
    return done();
}

Done read_dates(const json::value& value, Wish& wish) {
    const std::string_view order = option_text(value);
    if (order != "day_first" && order != "month_first") return wrong("/dates", "day_first or month_first");
    wish.dates = order == "day_first" ? DateOrder::day_first : DateOrder::month_first;
    return done();
}

Done read_option(std::string_view key, const json::value& value, Wish& wish) {
    if (key == "survey") return read_text("/survey", value, wish.survey);
    if (key == "zone") return read_text("/zone", value, wish.zone);
    if (key == "from" && wish.from == "people") return read_text("/from", value, wish.system);
    if (key == "dates") return read_dates(value, wish);
    if (key == "columns") return read_mapping(value, wish);
    if (key == "partial") {
        if (!value.is_bool()) return wrong("/partial", "true or false");
        wish.partial = value.get_bool();
        return done();
    }
    if (key != "as") return wrong("/" + std::string(key), std::string(kKeys) + " alone");
    wish.stream = option_text(value);
    const bool known = wish.stream == "survey.answer" || wish.stream == "relationship.answer";
    return known ? done() : Done(wrong("/as", "survey.answer or relationship.answer"));
}

}  // namespace

std::string_view to_text(Role role) {
    const auto found = std::ranges::find(kRoles, role, [](const auto& one) { return one.second; });
    return found == kRoles.end() ? "?" : found->first;
}

std::string Wish::people_of() const {
    return counts_anew(system) ? system + "/" + survey : system;
}

Result<Wish> read_wish(std::string_view format, std::string_view options) {
    Wish wish;
    wish.from = wish.system = format;
    if (format == "delighted" || format == "surveymonkey" || format == "qualtrics")
        wish.dates = DateOrder::month_first;  // these are American unless somebody says otherwise
    json::error_code ec;
    const json::value document = json::parse(json::string_view(options.data(), options.size()), ec);
    if (ec || !document.is_object()) return wrong("", "a JSON object");
    for (const auto& [key, value] : document.get_object())
        if (Done read = read_option(key, value, wish); !read) return read.error();
    if (counts_anew(wish.system) && wish.survey.empty())
        return wrong("/survey",
                     "the survey's name, because the numbers of a file like this begin anew in each survey");
    return wish;
}

}  // namespace candour::imports
