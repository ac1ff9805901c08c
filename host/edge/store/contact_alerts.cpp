#include "edge/store/contact_alerts.hpp"

#include "candour_queries.hpp"
#include "core/relationship/tags.hpp"

namespace candour::store {
namespace {

/// Long enough for a holiday.
constexpr std::chrono::days kPatience{14};
/// Shorter than notices are kept, or one that was forgotten would be written again.
constexpr std::chrono::days kLongPast{80};

std::string occasion_of(ContactAlert alert, const std::string& what) {
    return std::string(core::name_of(kContactAlerts, alert)) + " " + what;
}

}  // namespace

void alert_of_address(Session& session, const std::string& address, ContactAlert alert, core::Instant at) {
    if (address.empty()) return;
    session.call(sql::wishes::alert_of_address)
        .with("about", std::string(core::name_of(kContactAlerts, alert)))
        .with("occasion", occasion_of(alert, std::to_string(core::to_us(at))))
        .with("at", at)
        .with("address", address)
        .run();
}

void alert_of_contact(Session& session, const std::string& contact, ContactAlert alert, core::Instant at) {
    session.call(sql::wishes::alert_of_contact)
        .with("about", std::string(core::name_of(kContactAlerts, alert)))
        .with("occasion", occasion_of(alert, std::to_string(core::to_us(at))))
        .with("at", at)
        .with("contact_id", contact)
        .run();
}

int alert_of_silence(Session& session, core::Instant now) {
    return static_cast<int>(
        session.call(sql::wishes::alert_of_silence)
            .with("about", std::string(core::name_of(kContactAlerts, ContactAlert::silent)))
            .with("before", now - kPatience)
            .with("since", now - kLongPast)
            .with("at", now)
            .run());
}

}  // namespace candour::store
