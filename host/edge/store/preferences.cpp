#include "edge/store/preferences.hpp"

#include "candour_queries.hpp"
#include "edge/store/opt_out.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

using flow::HowOften;

/// A page, not an archive.
constexpr int kQuestionsShown = 12;

/// Whoever got a message, and how they wish to be asked.
struct Wishing {
    ContactId contact;
    std::string address;
    MessageId message;
    flow::Preferences now;
};

void read_questions(Session& session, Wishing& wishing) {
    flow::AskedQuestion one;
    long long latest = 0, muted = 0;
    Call call = session.call(sql::wishes::asked_questions);
    call.with("contact_id", wishing.contact.text())
        .with("address", wishing.address)
        .with("limit", kQuestionsShown);
    call.into(one.plugin).into(one.about).into(latest).into(one.label).into(muted);
    while (call.next()) {
        one.muted = muted != 0;
        wishing.now.questions.push_back(one);
    }
}

Result<Wishing> read_wishing(Session& session, const MessageId& message) {
    Wishing wishing;
    wishing.message = message;
    std::string contact;
    long long opted_out = 0, light = 0;
    {
        Call call = session.call(sql::wishes::whose_message);
        call.with("message_id", message.text()).into(contact).into(wishing.address);
        call.into(wishing.now.language).into(wishing.now.person_name).into(wishing.now.person_email);
        call.into(opted_out).into(light);
        if (!call.next())
            return Error{ErrorCode::not_found, "there is nobody who got message " + message.text()};
    }
    wishing.contact = ContactId::trusted(contact);
    wishing.now.how = opted_out != 0 ? HowOften::never : light != 0 ? HowOften::light : HowOften::as_asked;
    read_questions(session, wishing);
    return wishing;
}

void set_wish(Session& session, const Wishing& wishing, const char* wish, const flow::AskedQuestion& of,
              bool on, core::Instant at) {
    Call call = session.call(on ? sql::wishes::add_wish : sql::wishes::drop_wish);
    call.with("contact_id", wishing.contact.text())
        .with("wish", std::string(wish))
        .with("plugin", of.plugin)
        .with("about", of.about)
        .with("address", wishing.address);
    if (on) call.with("message_id", wishing.message.text()).with("at", at);
    call.run();
}

Result<flow::Preferences> prefer_in(Session& session, const MessageId& message,
                                    const flow::NewPreferences& wishes, ChangeTime when) {
    const Result<Wishing> wishing = read_wishing(session, message);
    if (!wishing) return wishing.error();
    if (wishes.how == HowOften::never)
        opt_out(session, {wishing->contact, message, "page"}, when);
    else
        opt_in(session, wishing->contact, wishing->address, when);
    // Whoever wants to be asked nothing has said nothing about how else.
    if (wishes.how != HowOften::never)
        set_wish(session, *wishing, "light", {}, wishes.how == HowOften::light, when.at);
    for (const flow::AskedQuestion& one : wishes.questions)
        set_wish(session, *wishing, "mute", one, one.muted, when.at);
    if (!wishes.language.empty())
        session.call(sql::wishes::set_language)
            .with("language", wishes.language)
            .with("at", when.at)
            .with("contact_id", wishing->contact.text())
            .with("address", wishing->address)
            .run();
    return wishing->now;
}

}  // namespace

flow::Task<Result<flow::Preferences>> Preferences::preferences(MessageId message) {
    return database_.read<flow::Preferences>(
        [message = std::move(message)](Session& session) -> Result<flow::Preferences> {
            Result<Wishing> wishing = read_wishing(session, message);
            if (!wishing) return wishing.error();
            return std::move(wishing->now);
        });
}

flow::Task<Result<flow::Preferences>> Preferences::prefer(MessageId message, flow::NewPreferences wishes,
                                                          core::Instant now) {
    const ChangeTime when{zone::civil_day(now, zone_), now};
    return database_.write<flow::Preferences>(
        [message = std::move(message), wishes = std::move(wishes), when](Session& session) {
            return prefer_in(session, message, wishes, when);
        });
}

}  // namespace candour::store
