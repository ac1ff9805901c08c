#include "edge/json/theme_document.hpp"

#include <boost/json.hpp>

#include "edge/json/time_value.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

/// What it was called by: with an unknown id there is no alias, with an unknown alias no id.
bj::object ref_document(const flow::ItemRef& ref) {
    return {{"id", ref.id.text()},
            {"alias", ref.number > 0 ? "LP-" + std::to_string(ref.number) : std::string()}};
}

}  // namespace

bj::object theme_document(const flow::ThemeView& theme) {
    return {{"id", theme.theme.id.text()},
            {"alias", "TH-" + std::to_string(theme.number)},
            {"title", theme.theme.title},
            {"version", theme.theme.version},
            {"opened_at", time_or_null(theme.theme.opened_at)},
            {"last_event_at", time_or_null(theme.theme.last_event_at)},
            {"items", theme.items},
            {"told", theme.told},
            {"seen", theme.seen},
            {"confirmed", theme.confirmed},
            {"visibly_closed", theme.closed}};
}

bj::object theme_member_document(const flow::ThemeMember& member) {
    bj::object document = ref_document({member.item.id, member.number});
    document["version"] = member.item.version;
    document["state"] = core::name_of(core::kStates, member.item.state);
    document["round"] = member.item.round;
    document["sending"] = !member.item.telling.empty();
    document["evidence"] = core::name_of(core::kStrengths, member.item.evidence);
    document["account"] = bj::object{{"id", member.item.account.text()}, {"name", member.account_name}};
    document["contact"] = bj::object{{"id", member.item.contact.text()}, {"name", member.contact_name}};
    return document;
}

bj::object many_document(const flow::ManyReport& report) {
    bj::array done, left;
    for (const flow::ItemRef& item : report.done) done.push_back(ref_document(item));
    for (const flow::LeftOut& one : report.left_out) {
        bj::object document = ref_document(one.item);
        document["moved"] = one.moved;
        document["reason"] = one.reason;
        left.push_back(std::move(document));
    }
    return {{"dry_run", report.dry_run}, {"done", std::move(done)}, {"left_out", std::move(left)}};
}

bj::object theme_report_document(const flow::ThemeReport& report) {
    bj::object document = many_document(report.items);
    document["theme"] = theme_document(report.theme);
    document["cancel_until"] = time_or_null(report.cancel_until);
    return document;
}

bj::object hand_over_document(const flow::HandOverReport& report) {
    bj::object document = many_document(report.items);
    document["commitments"] = report.commitments;
    document["accounts"] = report.accounts;
    return document;
}

}  // namespace candour::json
