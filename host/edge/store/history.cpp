#include "edge/store/history.hpp"

#include "candour_queries.hpp"

namespace candour::store {
namespace {

constexpr std::int64_t kDayUs = 86'400'000'000;

struct Subject {
    std::string account;
    std::string contact;  ///< empty: the account itself
};

void append(Session& session, const Subject& subject, std::string_view what, const std::string& value,
            ChangeTime when) {
    session.call(sql::metrics::add_history)
        .with("account_id", subject.account)
        .with("contact_id", subject.contact)
        .with("what", std::string(what))
        .with("value", value)
        .with("day", when.day)
        .with("at", when.at)
        .run();
}

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

void record_account(Session& session, const std::optional<core::Account>& before,
                    const core::Account& account, ChangeTime when) {
    const Subject subject{account.id.text(), ""};
    const auto segment = [](const core::Account& one) {
        return std::string(core::name_of(core::kSegments, one.segment));
    };
    if (!before || before->segment != account.segment)
        append(session, subject, "segment", segment(account), when);
    if (!before || before->owner != account.owner)
        append(session, subject, "owner", account.owner.text(), when);
    if (!before || before->annual_revenue != account.annual_revenue)
        append(session, subject, "revenue", std::to_string(account.annual_revenue), when);
}

void record_contact(Session& session, const std::optional<core::Contact>& before,
                    const core::Contact& contact, ChangeTime when, std::optional<core::Day> known_since) {
    const Subject subject{contact.account.text(), contact.id.text()};
    ChangeTime since = when;
    if (known_since && *known_since < when.day) since = {*known_since, core::from_us(*known_since * kDayUs)};
    const bool known_longer = before && known_since && since.day < first_known(session, subject.contact);
    if (!before || known_longer) append(session, subject, "known_since", "1", since);
    if (!before || before->level != contact.level)
        append(session, subject, "level", level_code(contact), before ? when : since);
    if (!before || before->active != contact.active)
        append(session, subject, "active", contact.active ? "1" : "0",
               before || !contact.active ? when : since);
}

bool record_opt_out(Session& session, const core::Contact& contact, bool opted_out, ChangeTime when) {
    const Subject subject{contact.account.text(), contact.id.text()};
    std::string standing = "0";
    {
        Call call = session.call(sql::metrics::last_history);
        call.with("contact_id", subject.contact)
            .with("account_id", subject.account)
            .with("what", std::string("opted_out"))
            .into(standing);
        call.next();
    }
    if ((standing == "1") == opted_out) return false;
    append(session, subject, "opted_out", opted_out ? "1" : "0", when);
    return true;
}

}  // namespace candour::store
