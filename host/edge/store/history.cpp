#include "edge/store/history.hpp"

#include "candour_queries.hpp"
#include "edge/store/days.hpp"

namespace candour::store {
namespace {

std::string level_code(const core::Contact& contact) {
    return std::to_string(static_cast<int>(contact.level));
}

core::Day first_known(Session& session, const std::string& contact) {
    long long day = 0;
    Call call = session.call(sql::metrics::first_known);
    call.with("contact_id", contact).into(day);
    call.next();
    return day;
}

}  // namespace

void enter_history(Session& session) {
    std::string ignored;
    Call call = session.call(sql::metrics::enter_history);
    call.into(ignored);
    call.next();
}

HistoryRows::HistoryRows()
    : rows_(sql::metrics::add_history, {"account_id", "contact_id", "what", "value", "day", "at"}) {}

void HistoryRows::add(const std::string& account, const std::string& contact, const char* what,
                      std::string value, ChangeTime when) {
    rows_.row({account, contact, what, std::move(value), std::to_string(when.day),
               std::to_string(core::to_us(when.at))});
}

void HistoryRows::contact(Session& session, const std::optional<core::Contact>& before,
                          const core::Contact& contact, ChangeTime when,
                          std::optional<core::Day> known_since) {
    const std::string account = contact.account.text(), id = contact.id.text();
    ChangeTime since = when;
    if (known_since && *known_since < when.day) since = {*known_since, core::from_us(*known_since * kDayUs)};
    const bool known_longer = before && known_since && since.day < first_known(session, id);
    if (!before || known_longer) add(account, id, "known_since", "1", since);
    if (!before || before->level != contact.level)
        add(account, id, "level", level_code(contact), before ? when : since);
    if (!before || before->active != contact.active)
        add(account, id, "active", contact.active ? "1" : "0", before || !contact.active ? when : since);
}

void record_account(Session& session, const std::optional<core::Account>& before,
                    const core::Account& account, ChangeTime when) {
    const auto segment = [](const core::Account& one) {
        return std::string(core::name_of(core::kSegments, one.segment));
    };
    HistoryRows rows;
    const auto record = [&](const char* what, std::string value) {
        rows.add(account.id.text(), "", what, std::move(value), when);
    };
    if (!before || before->segment != account.segment) record("segment", segment(account));
    if (!before || before->owner != account.owner) record("owner", account.owner.text());
    if (!before || before->annual_revenue != account.annual_revenue)
        record("revenue", std::to_string(account.annual_revenue));
    rows.write(session);
}

void record_contact(Session& session, const std::optional<core::Contact>& before,
                    const core::Contact& contact, ChangeTime when, std::optional<core::Day> known_since) {
    HistoryRows rows;
    rows.contact(session, before, contact, when, known_since);
    rows.write(session);
}

bool record_opt_out(Session& session, const core::Contact& contact, bool opted_out, ChangeTime when) {
    std::string standing = "0";
    {
        Call call = session.call(sql::metrics::last_history);
        call.with("contact_id", contact.id.text())
            .with("account_id", contact.account.text())
            .with("what", std::string("opted_out"))
            .into(standing);
        call.next();
    }
    if ((standing == "1") == opted_out) return false;
    HistoryRows rows;
    rows.add(contact.account.text(), contact.id.text(), "opted_out", opted_out ? "1" : "0", when);
    rows.write(session);
    return true;
}

}  // namespace candour::store
