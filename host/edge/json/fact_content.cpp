#include "edge/json/fact_content.hpp"

#include <boost/json.hpp>

#include "edge/json/members.hpp"

namespace candour::json {

namespace bj = boost::json;

FactContent read_fact_content(std::string_view content) {
    FactContent fact;
    if (content.empty()) return fact;
    boost::system::error_code bad;
    const bj::value value = bj::parse(bj::string_view(content.data(), content.size()), bad);
    const bj::value* answers =
        !bad && value.is_object() ? value.get_object().if_contains("answers") : nullptr;
    if (answers == nullptr || !answers->is_object()) return fact;
    const bj::object& fields = answers->get_object();
    fact.withdrawn = flag_at(fields, "withdrawn");
    fact.act = core::value_of(core::kActTypes, text_at(fields, "type"));
    fact.verified = flag_at(fields, "verified");
    fact.incentivised = flag_at(fields, "incentivised");
    fact.ref = text_at(fields, "ref");
    if (const bj::value* stars = fields.if_contains("stars"); stars != nullptr && stars->is_int64())
        fact.stars = static_cast<int>(stars->get_int64());
    return fact;
}

std::string write_act_fields(const core::AdvocacyAct& act) {
    bj::object fields{{"type", std::string(core::name_of(core::kActTypes, act.type))},
                      {"verified", act.verified},
                      {"incentivised", act.incentivised}};
    if (act.stars) fields["stars"] = *act.stars;
    if (!act.ref.empty()) fields["ref"] = act.ref;
    if (!act.note.empty()) fields["note"] = act.note;
    return bj::serialize(fields);
}

}  // namespace candour::json
