#include "edge/telling/composer.hpp"

#include "core/feedback/text.hpp"
#include "edge/json/own_words_text.hpp"
#include "edge/mail/compose.hpp"
#include "edge/telling/loop_facts.hpp"
#include "edge/telling/plugin_document.hpp"
#include "voice/mails.hpp"
#include "voice/markup.hpp"

namespace candour::telling {
namespace {

Result<voice::Mail> words_of(core::MessageKind kind, const voice::LoopFacts& facts) {
    switch (kind) {
        case core::MessageKind::acknowledgement:
            return voice::acknowledgement_mail(facts);
        case core::MessageKind::heard:
            return voice::heard_mail(facts);
        case core::MessageKind::closing:
            return voice::closing_mail(facts);
        case core::MessageKind::invitation:
        case core::MessageKind::team:
        case core::MessageKind::plugin:
            break;
    }
    return Error{ErrorCode::internal, "a message of kind \"" +
                                          std::string(core::name_of(core::kMessageKinds, kind)) +
                                          "\" has no words of the host"};
}

/// What the host puts around a plugin's words.
void dress(voice::PluginMailFacts& document, const flow::DueMessage& message,
           const core::Policies& policies) {
    document.organisation = policies.organisation;
    document.livery = {policies.brand_colour, policies.brand_text};
    document.language = message.language.empty() ? policies.language : message.language;
    document.address_line = policies.address_line;
    document.privacy_url = policies.privacy_url;
}

/// The organisation's own subject, and its own text above what the plugin says.
Done say_ourselves(voice::PluginMailFacts& document, const flow::DueMessage& message,
                   const core::Policies& policies) {
    if (message.words.empty()) return done();
    const Result<core::OwnWords> words = json::read_own_words(message.words);
    if (!words) return words.error();
    const auto own = core::words_for(*words, message.reminder, message.language, policies.language);
    if (!own) return done();
    const core::Names names{message.contact_name, message.account_name, policies.organisation};
    if (!own->subject.empty()) document.subject = core::filled(own->subject, names);
    if (own->text.empty()) return done();
    voice::Block block;
    block.kind = voice::Block::Kind::text;
    block.text = core::filled(own->text, names);
    document.blocks.insert(document.blocks.begin(), std::move(block));
    return done();
}

/// A reminder leads to the invitation's own page: an answer is one answer, whichever mail it came through.
const MessageId& asked_by(const flow::DueMessage& message) {
    return message.reminder > 0 ? message.invitation : message.id;
}

/// What providers expect of mail that nobody asked for: a way out, which list it is, no automatic answers.
/// List and feedback name the campaign, never the person.
void add_bulk_fields(mail::Letter& letter, const flow::DueMessage& message, const std::string& unsubscribe) {
    const std::string domain = letter.from.address.substr(letter.from.address.rfind('@') + 1);
    const std::string campaign = message.campaign.empty() ? "invitation" : message.campaign;
    letter.unsubscribe_url = unsubscribe;
    letter.extra = {{"List-Id", "<" + message.plugin + "." + domain + ">"},
                    {"Feedback-ID", campaign + ":" + message.plugin + ":candour:" + domain},
                    {"Precedence", "bulk"},
                    {"X-Auto-Response-Suppress", "OOF, AutoReply"}};
}

}  // namespace

std::string Composer::unsubscribe_url(const MessageId& message) const {
    return policies_->public_url + "/u/" + tokens_.issue(crypto::LinkPurpose::preferences, message);
}

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

Result<flow::Composed> Composer::compose_plugin_mail(const flow::DueMessage& message) const {
    Result<voice::PluginMailFacts> document = read_plugin_document(message.document);
    if (!document) return document.error();
    dress(*document, message, *policies_);
    // A test of an invitation shows its numbers, and they lead nowhere: there is nothing to answer.
    document->answer_url = policies_->public_url + "/s/test";
    return letter(message, voice::plugin_mail(*document), document->language);
}

/// The words are asked for when the message is due: they are in the reader's language of that day.
flow::Task<Result<voice::PluginMailFacts>> Composer::invitation_facts(flow::DueMessage message) {
    flow::WordsRequest request;
    request.plugin = message.plugin;
    request.kind = message.reminder > 0 ? "reminder" : "invitation";
    request.language = message.language.empty() ? policies_->language : message.language;
    request.about = message.about;
    request.contact_name = message.contact_name;
    request.account_name = message.account_name;
    request.organisation = policies_->organisation;
    auto asking = voices_.compose(std::move(request));
    Result<std::string> words = co_await std::move(asking);
    if (!words) co_return words.error();
    Result<voice::PluginMailFacts> document = read_plugin_document(*words);
    if (!document) co_return document.error();
    dress(*document, message, *policies_);
    if (Done said = say_ourselves(*document, message, *policies_); !said) co_return said.error();
    document->answer_url =
        policies_->public_url + "/s/" + tokens_.issue(crypto::LinkPurpose::survey, asked_by(message));
    document->unsubscribe_url = unsubscribe_url(message.id);
    co_return std::move(*document);
}

flow::Task<Result<flow::Composed>> Composer::compose_invitation(flow::DueMessage message) {
    auto gathering = invitation_facts(message);
    const Result<voice::PluginMailFacts> document = co_await std::move(gathering);
    if (!document) co_return document.error();
    if (!message.campaign.empty()) co_return letter_of_a_wave(message, *document);
    co_return letter(message, voice::plugin_mail(*document), document->language);
}

/// What stands in the marks' places is in the order of `marks`: names, then what only this message has.
Result<flow::Composed> Composer::letter_of_a_wave(const flow::DueMessage& message,
                                                  const voice::PluginMailFacts& facts) {
    const std::optional<voice::PluginMailFacts> common = without_names(facts, message, name_marks_);
    if (!common) return letter(message, voice::plugin_mail(facts), facts.language);
    const std::array values{message.contact_name,
                            message.account_name,
                            message.id.text(),
                            tokens_.issue(crypto::LinkPurpose::survey, asked_by(message)),
                            tokens_.issue(crypto::LinkPurpose::preferences, message.id),
                            tokens_.issue(crypto::LinkPurpose::reply, message.id)};
    const mail::Form* form = forms_.find(message, *common);
    if (form == nullptr) {
        std::array marks = values;
        marks[0] = name_marks_.contact;
        marks[1] = name_marks_.account;
        voice::PluginMailFacts first = *common;
        first.answer_url = facts.answer_url;
        first.unsubscribe_url = facts.unsubscribe_url;
        Result<mail::Form> made =
            mail::Form::of(mail_letter(message, voice::plugin_mail(first), facts.language, Answers{}), marks);
        if (!made) return made.error();
        form = &forms_.keep(message, *common, *std::move(made));
    }
    const std::string subject = voice::one_line(facts.subject);
    Result<std::string> parts =
        form->parts_of({{message.contact_name, message.address}, subject, message.created_at, values});
    if (!parts) return parts.error();
    flow::Composed letter = composed(message, subject, core::put_together(form->shared()->text, *parts));
    letter.shared = form->shared();
    letter.parts = *std::move(parts);
    return letter;
}

flow::Task<Result<voice::Mail>> Composer::preview_invitation(flow::DueMessage message) {
    auto gathering = invitation_facts(std::move(message));
    const Result<voice::PluginMailFacts> document = co_await std::move(gathering);
    if (!document) co_return document.error();
    co_return voice::plugin_mail(*document);
}

/// In the house's language: we know no other of our own people.
flow::Task<Result<flow::Composed>> Composer::compose_for_us(flow::DueMessage message) {
    auto writing = team_.words(message.id);
    Result<TeamTeller::Words> words = co_await std::move(writing);
    if (!words) co_return words.error();
    const Answers answers{words->answerable, words->is_answer};
    co_return letter(message, words->mail, policies_->language, answers);
}

flow::Task<Result<flow::Composed>> Composer::compose(flow::DueMessage message) {
    if (message.kind == core::MessageKind::plugin) co_return compose_plugin_mail(message);
    if (message.kind == core::MessageKind::invitation) {
        auto composing = compose_invitation(std::move(message));
        Result<flow::Composed> invitation = co_await std::move(composing);
        co_return invitation;
    }
    if (message.kind == core::MessageKind::team) {
        auto composing = compose_for_us(std::move(message));
        Result<flow::Composed> ours = co_await std::move(composing);
        co_return ours;
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

flow::Task<Result<voice::Mail>> Composer::preview_heard(ItemId item, std::string text, std::string by,
                                                        core::Instant now) {
    if (Done words = core::check_words("text", text); !words) co_return words.error();
    auto finding = items_.find(flow::ItemRef{item, 0});
    const Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return view.error();
    if (view->item.state != core::State::raised)
        co_return Error{ErrorCode::conflict, "what was heard is said while an item is raised; this one is " +
                                                 std::string(core::name_of(core::kStates, view->item.state))};
    auto gathering = facts_of(item, policies_->public_url + "/l/…");
    Result<voice::LoopFacts> facts = co_await std::move(gathering);
    if (!facts) co_return facts.error();
    voice::Spoken heard;
    heard.text = std::move(text);
    heard.on = date_for(now, view->contact_zone, *policies_);
    heard.by = std::move(by);
    if (facts->rounds.empty()) facts->rounds.emplace_back();
    facts->rounds.back().heard = std::move(heard);
    co_return voice::heard_mail(*facts);
}

std::string Composer::return_address(std::string_view box, const MessageId& message) const {
    if (sender_.intake.empty()) return {};
    return std::string(box) + "+" + tokens_.issue(crypto::LinkPurpose::reply, message) +
           sender_.intake.substr(sender_.intake.rfind('@'));
}

mail::Letter Composer::mail_letter(const flow::DueMessage& message, const voice::Mail& words,
                                   const std::string& language, Answers answers) const {
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
    if (answers.has_place)
        letter.reply_to = return_address(sender_.intake.substr(0, sender_.intake.rfind('@')), message.id);
    if (message.kind == core::MessageKind::acknowledgement || answers.is_one)
        letter.automatic = mail::Automatic::replied;
    if (message.kind == core::MessageKind::team)
        letter.extra = {{"X-Auto-Response-Suppress", "OOF, AutoReply"}};
    if (message.kind == core::MessageKind::invitation) {
        add_bulk_fields(letter, message, unsubscribe_url(message.id));
        letter.unsubscribe_mail = return_address("unsubscribe", message.id);
    }
    return letter;
}

Result<flow::Composed> Composer::letter(const flow::DueMessage& message, const voice::Mail& words,
                                        const std::string& language, Answers answers) const {
    Result<std::string> content = mail::compose(mail_letter(message, words, language, answers));
    if (!content) return content.error();
    return composed(message, words.subject, *std::move(content));
}

/// A bounce comes back to the envelope's sender, and nothing in it is as sure as the address that it came to.
flow::Composed Composer::composed(const flow::DueMessage& message, std::string subject,
                                  std::string content) const {
    const std::string bounces = return_address("bounce", message.id);
    return {bounces.empty() ? sender_.address : bounces, std::move(subject), std::move(content)};
}

}  // namespace candour::telling
