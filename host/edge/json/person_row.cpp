#include "edge/json/person_row.hpp"

#include <boost/json.hpp>

namespace candour::json {
namespace {

namespace bj = boost::json;

bj::object row_document(const flow::PersonView& person) {
    const core::Contact& contact = person.contact;
    bj::array roles;
    for (const core::ContactRole role : person.roles)
        roles.emplace_back(core::name_of(core::kContactRoles, role));
    return {{"id", contact.id.text()},      {"email", contact.email},
            {"name", contact.name},         {"level", core::name_of(core::kLevels, contact.level)},
            {"language", contact.language}, {"zone", contact.zone},
            {"active", contact.active},     {"roles", std::move(roles)}};
}

void restore(flow::PersonView& person, const bj::object& row) {
    core::Contact& contact = person.contact;
    const auto text = [&row](const char* name) { return std::string(row.at(name).as_string()); };
    contact.email = text("email");
    contact.name = text("name");
    contact.level = core::value_of(core::kLevels, text("level")).value_or(contact.level);
    contact.language = text("language");
    contact.zone = text("zone");
    contact.active = row.at("active").as_bool();
    person.roles.clear();
    for (const bj::value& role : row.at("roles").as_array())
        if (const auto known = core::value_of(core::kContactRoles, std::string_view(role.as_string())))
            person.roles.push_back(*known);
    person.merged_into = {};
}

}  // namespace

std::string write_person_rows(const flow::PersonView& from, const flow::PersonView& into) {
    return bj::serialize(bj::object{{"from", row_document(from)}, {"into", row_document(into)}});
}

Done read_person_rows(std::string_view text, flow::PersonView& from, flow::PersonView& into) {
    try {
        const bj::value rows = bj::parse(text);
        restore(from, rows.at("from").as_object());
        restore(into, rows.at("into").as_object());
        return done();
    } catch (const std::exception& reason) {
        return Error{ErrorCode::corrupt,
                     std::string("how two contacts were merged cannot be read: ") + reason.what()};
    }
}

}  // namespace candour::json
