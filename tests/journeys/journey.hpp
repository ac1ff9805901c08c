/// Where every story begins: a house on one of the two databases, a mailbox that takes everything, three
/// customers.
#pragma once
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <set>
#include <string>
#include <vector>

#include "journeys/house.hpp"
#include "journeys/letters.hpp"
#include "journeys/page.hpp"
#include "journeys/tables.hpp"
#include "support/mail/smtp_sink.hpp"

namespace candour::journeys {

using namespace std::chrono_literals;
namespace json = boost::json;

/// Moss wants to have seen it, Otter to have confirmed it, Heron believes no record of a conversation.
inline constexpr const char* kAccounts =
    "ref,name,segment,owner_email,owner_name\n"
    "A-1,Moss Freight,reliable,priya@halden.example,Priya Raman\n"
    "A-2,Brass Otter,edge,priya@halden.example,Priya Raman\n"
    "A-3,Heron Works,opportunity,priya@halden.example,Priya Raman\n";
inline constexpr const char* kContacts =
    "account_ref,name,email,level,language\n"
    "A-1,Dele Okafor,dele@moss.example,managerial,en\n"
    "A-1,Mara Lind,mara@moss.example,operational,en\n"
    "A-2,Ada Lovett,ada@otter.example,executive,en\n"
    "A-3,Ravi Sunder,ravi@heron.example,operational,en\n"
    "A-1,Kit Refused,refused@example.org,operational,en\n";
inline constexpr const char* kSurvey =
    R"({"id": "autumn", "from": "Halden Systems", "languages": {"en": {"question": "How likely are you to recommend Halden?"}}})";

inline constexpr const char* kAcknowledged = "We have your words";
inline constexpr const char* kHeard = "What we heard from you";
inline constexpr const char* kClosing = "What became of what you told us";
inline constexpr const char* kDeclined = "What we decided about what you told us";

struct Answer {
    unsigned status = 0;
    http::Headers headers;
    std::string body;
    json::value value() const { return json::parse(body); }
};

/// `text(item, "/owner/name")`; null reads as "null", numbers as their digits.
std::string text(const json::value& document, const char* pointer);

class Journey : public testing::TestWithParam<Kind> {
 protected:
    Journey() { house.use_relay(sink.port()); }

    /// Starts the host and brings people and survey in over the API. Priya hears by mail of what is overdue
    /// alone: most stories are about customers.
    void open();
    /// What Priya hears of from now on; kinds that are left out stay as they are.
    void hear_of(const json::object& kinds, const json::value& digest_hour = nullptr) const;

    // The API, as Priya uses it.
    Answer call(http::Method method, const std::string& target, std::string body = {},
                std::vector<http::Header> headers = {},
                const std::string& content_type = "application/json") const;
    json::value get(const std::string& target) const;
    json::value item(const std::string& alias) const { return get("/api/v1/items/" + alias); }
    std::string state(const std::string& alias) const { return text(item(alias), "/state"); }
    /// One step on the item as it is now.
    Answer step(const std::string& alias, const std::string& name, const json::object& body = {}) const;
    /// The same; anything but success throws.
    json::value take(const std::string& alias, const std::string& name, const json::object& body = {}) const;
    /// Hear (no mail), decide and change: ready to be told.
    void bring_to_changed(const std::string& alias) const;
    /// `closing` and others: the states of the item's messages of this kind, oldest first.
    std::vector<std::string> messages(const std::string& alias, const std::string& kind,
                                      const char* field = "/state") const;
    /// The events on the item's ledger.
    std::vector<std::string> events(const std::string& alias) const;
    std::size_t items() const { return get("/api/v1/items").at("items").as_array().size(); }

    // The customers.
    Browser browser() const { return Browser(house.url()); }
    std::string survey_link(const std::string& contact) const;
    /// Opens the page, takes five seconds to think, sends.
    Page answer(const std::string& link, const std::string& score, const std::string& why = {});
    /// The item that an answer of this contact raised.
    std::string raise(const std::string& contact, const std::string& why = "Alerts come too late.");
    /// Opens the loop page, takes five seconds to read, presses.
    Page press(const std::string& loop_link, const std::string& button, const std::string& more = {});

    // The mailbox.
    std::vector<Letter> letters(const std::string& to, const std::string& subject) const;
    /// Throws when it does not come.
    Letter letter(const std::string& to, const std::string& subject, std::size_t nth = 1) const;
    /// Tells, and lets the undo window pass.
    void tell(const std::string& alias);
    /// The same, until the customer was told; returns the link in the closing message. Throws when they are
    /// not.
    std::string tell_by_mail(const std::string& alias, const std::string& contact);
    /// Something else that is due now has been sent: whatever else was due is gone as well.
    void let_the_mail_go();
    /// Every message is where it will stay.
    void settle_mail() const;

    void expect_true_ledger() const;

    support::SmtpSink sink;
    House house{GetParam()};
};

std::string name_of(const testing::TestParamInfo<Kind>& info);

}  // namespace candour::journeys
