#include "edge/telling/composer.hpp"

#include "edge/mail/compose.hpp"
#include "edge/telling/loop_facts.hpp"
#include "edge/telling/plugin_document.hpp"
#include "voice/mails.hpp"

namespace candour::telling {
namespace {

Result<voice::Mail> words_of(core::MessageKind kind, const voice::LoopFacts& facts) {
    switch (kind) {
        case core::MessageKind::acknowledgement: return voice::acknowledgement_mail(facts);
        case core::MessageKind::heard: return voice::heard_mail(facts);
        case core::MessageKind::closing: return voice::closing_mail(facts);
        case core::MessageKind::invitation:
        case core::MessageKind::plugin: break;
    }
    return Error{ErrorCode::internal, "a message of kind \"" + std::string(core::name_of(core::kMessageKinds, kind)) + "\" has no words of the host"};
}

}  // namespace

std::string Composer::page_url(const MessageId& message) const {
    return policies_->public_url + "/l/" + tokens_.issue(crypto::LinkPurpose::loop, message);
}

flow::Task<Result<voice::LoopFacts>> Composer::facts_of(ItemId item, std::string url) {
    auto finding = items_.find(flow::ItemRef{item, 0});
    Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return view.error();
    auto reading = items_.history(item);
    Result<std::vector<flow::HistoryEntry>> history = co_await std::move(reading);
    if (!history) co_return history.error();
    co_return loop_facts(*view, *history, *policies_, std::move(url));
}

flow::Task<Result<flow::Composed>> Composer::compose(flow::DueMessage message) {
    if (message.kind == core::MessageKind::plugin) {
        Result<voice::PluginMailFacts> document = read_plugin_document(message.document);
        if (!document) co_return document.error();
        document->organisation = policies_->organisation;
        document->language = message.language.empty() ? policies_->language : message.language;
        document->address_line = policies_->address_line;
        document->privacy_url = policies_->privacy_url;
        const voice::Mail mail = voice::plugin_mail(*document);
        co_return letter(message, mail, document->language);
    }
    auto gathering = facts_of(message.item, page_url(message.id));
    Result<voice::LoopFacts> facts = co_await std::move(gathering);
    if (!facts) co_return facts.error();
    Result<voice::Mail> words = words_of(message.kind, *facts);
    if (!words) co_return words.error();
    co_return letter(message, *words, facts->language);
}

flow::Task<Result<voice::Mail>> Composer::preview(ItemId item) {
    auto gathering = facts_of(item, policies_->public_url + "/l/…");
    Result<voice::LoopFacts> facts = co_await std::move(gathering);
    if (!facts) co_return facts.error();
    co_return voice::closing_mail(*facts);
}

Result<flow::Composed> Composer::letter(const flow::DueMessage& message, const voice::Mail& words, const std::string& language) const {
    mail::Letter letter;
    letter.id = message.id;
    letter.from = {sender_.name, sender_.address};
    letter.to = {message.contact_name, message.address};
    letter.subject = words.subject;
    letter.text = words.text;
    letter.html = words.html;
    letter.language = language;
    letter.date = message.created_at;  // the same bytes in every attempt
    letter.loop = message.id.text();
    if (message.kind == core::MessageKind::acknowledgement) letter.automatic = mail::Automatic::replied;
    Result<std::string> content = mail::compose(letter);
    if (!content) return content.error();
    return flow::Composed{sender_.address, words.subject, std::move(*content)};
}

}  // namespace candour::telling
