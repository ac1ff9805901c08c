/// Mails in tests of the store: received, taken, and applied as if a plugin had read them.
#pragma once
#include "edge/store/contract/world.hpp"
#include "edge/store/mails.hpp"

namespace candour::store::contract {

class MailStore : public Contract {
 protected:
    std::string raw(const std::string& words) const {
        return "From: ada@example.org\r\n\r\n" + words + "\r\n";
    }
    void receive(const std::string& bytes, const std::string& sender = "ada@example.org",
                 std::vector<std::string> to = {"reply@house.example"}) {
        const Done kept = world.run(mails.receive({sender, std::move(to), bytes}, world.clock.now()));
        EXPECT_TRUE(kept) << kept.error().message;
    }
    std::vector<flow::PendingMail> take(std::chrono::seconds lease = 60s) {
        const auto taken = world.run(mails.take(world.clock.now(), world.clock.now() + lease, 8));
        EXPECT_TRUE(taken) << taken.error().message;
        return taken.value_or({});
    }
    /// What the plugin would say of a person's mail.
    static core::Disposition human(const std::string& words, const std::string& id = "<1@example.org>") {
        core::Disposition mail;
        mail.kind = core::MailKind::human;
        mail.from = "ada@example.org";
        mail.subject = "Exports";
        mail.message_id = id;
        mail.text = mail.reply = mail.reply_trimmed = words;
        return mail;
    }
    static flow::Reading reading(core::Disposition mail) {
        const std::string kind(core::name_of(core::kMailKinds, mail.kind));
        return {R"({"disposition":")" + kind + R"(","from":")" + mail.from + R"(","message_id":")" +
                    mail.message_id + R"(","reply_trimmed":")" + mail.reply_trimmed + R"("})",
                std::move(mail)};
    }
    flow::AppliedMail apply(std::int64_t id, core::Disposition mail, std::vector<core::MailTrail> trails = {},
                            const std::string& sender = "ada@example.org") {
        const auto applied = world.run(
            mails.apply({id, sender, reading(std::move(mail)), std::move(trails)}, world.clock.now()));
        EXPECT_TRUE(applied) << applied.error().message;
        return applied.value_or({});
    }
    /// Received, taken and applied.
    flow::AppliedMail deliver(core::Disposition mail, std::vector<core::MailTrail> trails = {},
                              const std::string& sender = "ada@example.org") {
        receive("Message-ID: " + mail.message_id + "\r\n\r\n" + mail.text + std::to_string(++deliveries),
                sender);
        const std::vector<flow::PendingMail> taken = take();
        EXPECT_EQ(taken.size(), 1U);
        return apply(taken.at(0).id, std::move(mail), std::move(trails), sender);
    }
    MessageId closing_message(const ItemId& item) {
        return MessageId::trusted(
            world.ask("SELECT id FROM messages WHERE kind = 'closing' AND item_id = '" + item.text() + "'"));
    }
    flow::MailRow row(std::int64_t id) {
        const auto found = world.run(mails.find(id));
        EXPECT_TRUE(found) << found.error().message;
        return found.value_or({});
    }

    Mails mails{world.database, world.policies, 0};
    int deliveries = 0;
};

}  // namespace candour::store::contract
