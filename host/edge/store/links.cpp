#include "edge/store/links.hpp"

#include "candour_queries.hpp"
#include "crypto/link_tokens.hpp"

namespace candour::store {
namespace {

Result<flow::Link> find_link(Session& session, const MessageId& id) {
    flow::Link link;
    std::string kind, item, contact, account;
    long long answered = 0, expires = 0, revoked = 0;
    Call call = session.call(sql::evidence::find_link);
    call.with("id", id.text());
    call.into(kind)
        .into(link.purpose)
        .into(link.plugin)
        .into(link.subject.about)
        .into(item)
        .into(contact)
        .into(account);
    call.into(answered)
        .into(expires)
        .into(revoked)
        .into(link.subject.contact_name)
        .into(link.subject.language)
        .into(link.subject.account_name);
    if (!call.next()) return Error{ErrorCode::not_found, "there is no link " + id.text()};
    link.kind = core::value_of(core::kMessageKinds, kind).value_or(core::MessageKind::plugin);
    link.item = ItemId::trusted(item);
    link.expires_at = core::from_us(expires);
    link.revoked_at = core::from_us(revoked);
    link.subject.message = id;
    link.subject.contact = ContactId::trusted(contact);
    link.subject.account = AccountId::trusted(account);
    link.subject.answered = answered != 0;
    return link;
}

Done create_link(Session& session, const flow::NewLink& link) {
    std::string address, account;
    {
        Call call = session.call(sql::delivery::recipient_of);
        call.with("contact_id", link.contact.text()).into(address).into(account);
        if (!call.next()) return Error{ErrorCode::not_found, "there is no contact " + link.contact.text()};
    }
    session.call(sql::delivery::add_message)
        .with("id", link.id.text())
        .with("kind", std::string("invitation"))
        .with("purpose", std::string("survey"))
        .with("channel", std::string("link"))
        .with("plugin", link.plugin)
        .with("plugin_key", std::string())
        .with("about", link.about)
        .with("account_id", account)
        .with("contact_id", link.contact.text())
        .with("item_id", std::string())
        .with("round", 0)
        .with("document", std::string())
        .with("state", std::string("link"))
        .with("not_before", 0)
        .with("created_at", link.now)
        .with("expires_at", link.now + core::kLinkLifetime)
        .run();
    return done();
}

Result<std::string> send_test_link(Session& session, const flow::TestLink& link) {
    std::string teammate, address, name;
    {
        Call call = session.call(sql::calendar::teammate_by_id_or_address);
        call.with("key", link.to).into(teammate).into(address).into(name);
        if (!call.next())
            return Error{ErrorCode::not_found,
                         "to: expected the address of a teammate, since tests go to our own people only; "
                         "found " +
                             link.to.substr(0, 80)};
    }
    if (!link.alone.empty() && link.alone.text() != teammate)
        return Error{ErrorCode::invalid,
                     "to: expected your own address, since whoever signed in sends a test to themselves; "
                     "found " +
                         address};
    session.call(sql::evidence::add_test_link)
        .with("id", link.id.text())
        .with("purpose", std::string(crypto::to_text(crypto::LinkPurpose::survey_test)))
        .with("plugin", link.plugin)
        .with("about", link.about)
        .with("teammate_id", teammate)
        .with("document", link.document)
        .with("now", link.now)
        .with("expires_at", link.now + flow::kTestLifetime)
        .run();
    return address;
}

}  // namespace

flow::Task<Result<std::string>> Links::send_test(flow::TestLink link) {
    return database_.write<std::string>(
        [link = std::move(link)](Session& session) { return send_test_link(session, link); });
}

flow::Task<Result<flow::Link>> Links::find(MessageId id) {
    std::function<Result<flow::Link>(Session&)> work = [id](Session& session) {
        return find_link(session, id);
    };
    auto pending = database_.read<flow::Link>(std::move(work));
    Result<flow::Link> link = co_await std::move(pending);
    co_return link;
}

flow::Task<Done> Links::create(flow::NewLink link) {
    std::function<Done(Session&)> work = [link](Session& session) { return create_link(session, link); };
    auto pending = database_.write<Nothing>(std::move(work));
    Done created = co_await std::move(pending);
    co_return created;
}

flow::Task<Done> Links::revoke(MessageId id, core::Instant now) {
    std::function<Done(Session&)> work = [id, now](Session& session) -> Done {
        if (session.call(sql::evidence::revoke_link).with("now", now).with("id", id.text()).run() == 1)
            return done();
        return Error{ErrorCode::not_found, "there is no link " + id.text() + " that still works"};
    };
    auto pending = database_.write<Nothing>(std::move(work));
    Done revoked = co_await std::move(pending);
    co_return revoked;
}

flow::Task<Result<MessageId>> Links::page_of(ItemId item) {
    std::function<Result<MessageId>(Session&)> work = [item, now = clock_.now()](Session& session) {
        std::string id;
        Call call = session.call(sql::evidence::page_of);
        call.with("item_id", item.text()).with("now", now).into(id);
        call.next();
        return Result<MessageId>(MessageId::trusted(id));
    };
    auto pending = database_.read<MessageId>(std::move(work));
    Result<MessageId> id = co_await std::move(pending);
    co_return id;
}

flow::Task<Result<core::Instant>> Links::hear_due(ItemId item) {
    return database_.read<core::Instant>([item = std::move(item)](Session& session) {
        long long due = 0;
        Call call = session.call(sql::evidence::hear_due);
        call.with("item_id", item.text()).into(due);
        call.next();
        return Result<core::Instant>(core::from_us(due));
    });
}

}  // namespace candour::store
