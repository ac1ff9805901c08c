#include "edge/store/opt_out.hpp"

#include <vector>

#include "candour_queries.hpp"
#include "edge/store/contact_alerts.hpp"
#include "edge/store/people_rows.hpp"

namespace candour::store {
namespace {

std::vector<core::Contact> readers_of(Session& session, const ContactId& contact) {
    std::vector<core::Contact> readers;
    ContactColumns columns;
    Call call = session.call(sql::campaign::readers_of);
    call.with("contact_id", contact.text());
    columns.read_from(call);
    while (call.next()) readers.push_back(columns.contact());
    return readers;
}

}  // namespace

void opt_out(Session& session, const OptOut& wish, ChangeTime when) {
    enter_history(session);
    const auto news = session.call(sql::campaign::opt_out)
                          .with("message_id", wish.message.text())
                          .with("way", wish.way)
                          .with("at", when.at)
                          .with("contact_id", wish.contact.text())
                          .run();
    for (const core::Contact& reader : readers_of(session, wish.contact)) {
        record_opt_out(session, reader, true, when);
        if (news == 1) alert_of_contact(session, reader.id.text(), ContactAlert::opted_out, when.at);
    }
}

void opt_in(Session& session, const ContactId& contact, const std::string& address, ChangeTime when) {
    enter_history(session);
    const auto gone =
        session.call(sql::wishes::opt_in).with("contact_id", contact.text()).with("address", address).run();
    if (gone == 0) return;
    for (const core::Contact& reader : readers_of(session, contact))
        record_opt_out(session, reader, false, when);
}

}  // namespace candour::store
